/** Unpacks bzip2: any number of streams one after the other, any bytes a chunk. */
export interface Unpacker {
  /**
   * The plain bytes of `packed`, in order and only such as have been checked. Fails with `emptyBody`, `notBzip2`,
   * `corrupt` (damaged, or ends too early), or `tooLarge` (made to unpack to far more than a feed holds).
   */
  unpack(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}
