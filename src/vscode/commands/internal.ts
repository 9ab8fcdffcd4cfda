import type { Source } from '../../core/render/document-address.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';

/**
 * Commands that our own lenses and links run: not in the manifest, no part of what outsiders may rely on. Others
 * can run them all the same, so their arguments are checked like any other.
 */
interface InternalCommands {
  /** A document's URI, as text. */
  readonly showDocument: string;
  /** The same; its batch is fetched first. */
  readonly fetchAgain: string;
  readonly followLink: {
    readonly source: Source;
    readonly feed: string;
    readonly time: string;
    readonly id: string;
    readonly target: ArtifactKind | 'record';
  };
}

export type InternalName = keyof InternalCommands;

export function internalId(name: InternalName): string {
  return `vtFeeds.internal.${name}`;
}
