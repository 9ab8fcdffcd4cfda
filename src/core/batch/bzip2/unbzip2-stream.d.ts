declare module 'unbzip2-stream' {
  /** An old-style through stream: it decodes within `write` and `end`. */
  export default function unbzip2Stream(): NodeJS.ReadWriteStream;
}
