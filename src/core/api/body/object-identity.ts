import type { Headers, HttpAnswer } from '../network/transport.ts';

/** What tells one object of a storage from another under the same address. */
export interface ObjectIdentity {
  /** A strong validator, with its quotes. A weak one may mean other bytes. */
  readonly etag: string | undefined;
  /** Google's storage counts each writing of an object. */
  readonly generation: string | undefined;
  readonly hash: string | undefined;
  /** Bytes of the whole. */
  readonly total: number | undefined;
}

/** Of the answer that brings the whole object. */
export function identityOf({ headers }: HttpAnswer): ObjectIdentity {
  const etag = headers.get('etag');
  return {
    etag: /^"[\x21\x23-\x7e]{1,200}"$/u.test(etag ?? '') ? etag : undefined,
    generation: headers.get('x-goog-generation'),
    hash: headers.get('x-goog-hash'),
    total: byteCount(headers.get('content-length')),
  };
}

/** Whether two parts can be known to be of the same object. */
export function canContinue({ etag, generation, hash }: ObjectIdentity): boolean {
  return etag !== undefined || (generation !== undefined && hash !== undefined);
}

/** Asks for the rest from byte `from` on, of this very object. */
export function restHeaders({ etag }: ObjectIdentity, from: number): Headers {
  const range = `bytes=${String(from)}-`;
  return etag === undefined ? { range } : { range, 'if-match': etag, 'if-range': etag };
}

/** The whole's bytes, where `answer` is exactly the object's rest from `from` on; undefined for anything else. */
export function totalOfRest(
  { status, headers }: HttpAnswer,
  object: ObjectIdentity,
  from: number,
): number | undefined {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/u.exec(headers.get('content-range') ?? '') ?? [];
  const whole = Number(total);
  const length = byteCount(headers.get('content-length')) ?? whole - from;
  const isRest =
    status === 206 && Number(first) === from && Number(last) === whole - 1 && length === whole - from;
  const isSame =
    (object.total ?? whole) === whole &&
    (object.etag ?? headers.get('etag')) === headers.get('etag') &&
    (object.generation ?? headers.get('x-goog-generation')) === headers.get('x-goog-generation');
  return isRest && isSame ? whole : undefined;
}

function byteCount(text: string | undefined): number | undefined {
  return /^\d{1,15}$/u.test(text ?? '') ? Number(text) : undefined;
}
