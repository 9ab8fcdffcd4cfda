import type { IncomingMessage } from 'node:http';

import type { Feed } from '../../core/feed/feed.ts';
import { isMinute, parseSlot } from '../../core/feed/slot.ts';
import { availability } from '../../core/feed/window.ts';
import type { ArtifactShelf } from '../artifacts/artifact-shelf.ts';
import type { Packages } from '../batches/packages.ts';
import { objectPath } from '../storage/object-key.ts';
import type { ObjectId } from '../storage/object-key.ts';
import {
  NO_KEY,
  NO_LICENCE,
  NO_METHOD,
  WRONG_KEY,
  badTime,
  notAvailableYet,
  notFound,
} from './api-answer.ts';
import type { ApiAnswer } from './api-answer.ts';
import { parseApiPath } from './api-route.ts';
import type { ApiRoute } from './api-route.ts';

export interface ApiParts {
  readonly key: string;
  readonly unlicensed: readonly Feed[];
  readonly now: () => number;
  readonly packages: Packages;
  readonly shelf: ArtifactShelf;
  /** Makes a signed link on the storage origin of a path there. */
  readonly link: (path: string) => string;
}

/** The API's own origin: checks what VirusTotal checks, in its order, and redirects to the storage. */
export function answerApi(parts: ApiParts, { method, url = '', headers }: IncomingMessage): ApiAnswer {
  if (method !== 'GET') return NO_METHOD;
  const key = headers['x-apikey'];
  if (key === undefined) return NO_KEY;
  if (key !== parts.key) return WRONG_KEY;
  const [path = ''] = url.split('?');
  const route = parseApiPath(path);
  if (route === undefined) return notFound('Resource');
  if (parts.unlicensed.includes(route.feed)) return NO_LICENCE;
  return 'time' in route ? answerBatch(parts, route) : answerArtifact(parts, route);
}

function answerBatch(
  parts: ApiParts,
  { feed, kind, time }: Extract<ApiRoute, { readonly time: string }>,
): ApiAnswer {
  const slot = parseSlot(time);
  if (slot === undefined || isMinute(slot) !== (kind === 'minute')) return badTime(time);
  const state = availability(slot, parts.now());
  if (state.state === 'notYet') return notAvailableYet(slot, state.availableAt);
  const missing = isMinute(slot) && parts.packages.isMissing(feed, slot);
  if (state.state === 'tooOld' || missing) return notFound(`Package ${slot}`);
  return redirect(parts, { kind: 'batch', batch: { feed, slot } });
}

function answerArtifact(
  parts: ApiParts,
  { kind, token }: Extract<ApiRoute, { readonly token: string }>,
): ApiAnswer {
  return parts.shelf.has(kind, token) ? redirect(parts, { kind, token }) : notFound('Resource');
}

function redirect({ link }: ApiParts, id: ObjectId): ApiAnswer {
  return { status: 302, location: link(objectPath(id)) };
}
