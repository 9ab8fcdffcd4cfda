import { VtFeedsError } from '../../common/errors.ts';

/** The first four bytes of every bzip2 stream: `BZh` and the block size, 1 to 9. */
export function isBzip2(head: Uint8Array): boolean {
  return levelOf(head) !== undefined;
}

/** The block size of a stream in 100,000 symbols, from its first four bytes; undefined when they begin none. */
export function levelOf(head: Uint8Array): number | undefined {
  const [, level] = /^BZh([1-9])/u.exec(Buffer.from(head.subarray(0, 4)).toString('latin1')) ?? [];
  return level === undefined ? undefined : Number(level);
}

export function emptyBody(): VtFeedsError {
  return new VtFeedsError('emptyBody', 'The download was empty. Nothing was stored; try again.');
}

/** `head`: what the download began with. */
export function notBzip2(head: Uint8Array): VtFeedsError {
  const what = /^\s*</u.test(Buffer.from(head).toString('latin1'))
    ? 'a web page (a login page of the network, perhaps)'
    : 'something else';
  return new VtFeedsError(
    'notBzip2',
    `The download is not bzip2 but ${what}. Nothing was stored; check the network and try again.`,
  );
}

export function damagedBzip2(cause?: unknown): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'The download is damaged or ends too early (bzip2 check failed). Nothing was stored; try again.',
    {},
    { cause },
  );
}
