const TYPE_A = 1;
const CLASS_IN = 1;

/** A query for the IPv4 address of `host` (RFC 1035). */
export function dnsQuery(id: number, host: string): Buffer {
  return Buffer.concat([words(id, 0x0100, 1, 0, 0, 0), question(host)]);
}

/** Its answer: one address, to be kept for a minute. */
export function dnsAnswer(id: number, host: string, address: string): Buffer {
  // The name of the answer is a pointer to the question's, right after the header.
  const record = words(0xc00c, TYPE_A, CLASS_IN, 0, 60, 4);
  return Buffer.concat([
    words(id, 0x8180, 1, 1, 0, 0),
    question(host),
    record,
    Buffer.from(address.split('.').map(Number)),
  ]);
}

function question(host: string): Buffer {
  const labels = host.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.alloc(1), words(TYPE_A, CLASS_IN)]);
}

function words(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >>> 8, value & 0xff]));
}
