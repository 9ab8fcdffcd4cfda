/** One end of a conversation. */
export interface Endpoint {
  /** Dotted decimal. */
  readonly address: string;
  readonly port: number;
  /** Six bytes. */
  readonly mac: readonly number[];
}

export interface TcpState {
  readonly sequence: number;
  readonly acknowledged: number;
  /** FIN 1, SYN 2, PSH 8, ACK 16. */
  readonly flags: number;
}

const UDP = 17;
const TCP = 6;

/** An Ethernet frame with a UDP datagram. */
export function udpFrame(from: Endpoint, to: Endpoint, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt16BE(8 + data.length, 4);
  return ipFrame(from, to, UDP, Buffer.concat([header, data]), 6);
}

/** An Ethernet frame with a TCP segment. */
export function tcpFrame(from: Endpoint, to: Endpoint, state: TcpState, data: Buffer): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(state.sequence, 4);
  header.writeUInt32BE(state.acknowledged, 8);
  header.writeUInt8(5 << 4, 12);
  header.writeUInt8(state.flags, 13);
  header.writeUInt16BE(64_240, 14);
  return ipFrame(from, to, TCP, Buffer.concat([header, data]), 16);
}

/** Wraps a segment; `checkAt` is where its own checksum goes. */
function ipFrame(from: Endpoint, to: Endpoint, protocol: number, segment: Buffer, checkAt: number): Buffer {
  const addresses = Buffer.from([from, to].flatMap(({ address }) => address.split('.').map(Number)));
  const pseudo = Buffer.alloc(4);
  pseudo.writeUInt8(protocol, 1);
  pseudo.writeUInt16BE(segment.length, 2);
  segment.writeUInt16BE(checksum(Buffer.concat([addresses, pseudo, segment])), checkAt);

  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + segment.length, 2);
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  addresses.copy(header, 12);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([Buffer.from([...to.mac, ...from.mac, 0x08, 0x00]), header, segment]);
}

/** The Internet checksum (RFC 1071) of data whose own checksum field is zero. */
function checksum(data: Buffer): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 2) sum += ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
