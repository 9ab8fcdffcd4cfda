import { hostName, ipv4 } from '../records/hosts.ts';
import { randomAt, secondsOf } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { dnsAnswer, dnsQuery } from './dns-message.ts';
import { tcpFrame, udpFrame } from './packet.ts';
import type { Endpoint } from './packet.ts';

const CLIENT_MAC = [0x02, 0, 0, 0, 0, 0x0a];
const ROUTER_MAC = [0x02, 0, 0, 0, 0, 0x01];
const RESOLVER: Endpoint = { address: '192.0.2.53', port: 53, mac: ROUTER_MAC };
const SYN = 2;
const ACK = 16;
const PSH_ACK = 24;
const FIN_ACK = 17;

/** A capture of a small run: a name is looked up, then fetched from over HTTP. Opens in Wireshark. */
export function networkCapture(place: RecordPlace): Buffer {
  const random = randomAt(place, 'pcap');
  const host = hostName(random);
  const address = ipv4(random);
  const client = (port: number): Endpoint => ({ address: '192.0.2.10', port, mac: CLIENT_MAC });
  const asking = client(random.int(49_152, 65_535));
  const id = random.int(0, 0xffff);
  const frames = [
    udpFrame(asking, RESOLVER, dnsQuery(id, host)),
    udpFrame(RESOLVER, asking, dnsAnswer(id, host, address)),
    ...httpFrames(client(random.int(49_152, 65_535)), { address, port: 80, mac: ROUTER_MAC }, host, [
      random.uint32(),
      random.uint32(),
    ]),
  ];
  return captureFile(frames, secondsOf(place.minute));
}

/** A whole TCP connection with one request. `starts` are the first sequence numbers of both sides. */
function httpFrames(
  client: Endpoint,
  server: Endpoint,
  host: string,
  starts: readonly [number, number],
): readonly Buffer[] {
  const request = Buffer.from(
    `GET /sample/check-in HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: sample\r\nConnection: close\r\n\r\n`,
  );
  const body = 'This answer is synthetic.\n';
  const answer = Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${String(body.length)}\r\nConnection: close\r\n\r\n${body}`,
  );
  const next = [...starts] as [number, number];
  const send = (side: 0 | 1, flags: number, data = Buffer.alloc(0)): Buffer => {
    const state = { sequence: next[side], acknowledged: flags === SYN ? 0 : next[side === 0 ? 1 : 0], flags };
    const opensOrCloses = (flags & 3) !== 0 ? 1 : 0;
    next[side] = (next[side] + data.length + opensOrCloses) >>> 0;
    return side === 0 ? tcpFrame(client, server, state, data) : tcpFrame(server, client, state, data);
  };
  return [
    send(0, SYN),
    send(1, SYN | ACK),
    send(0, ACK),
    send(0, PSH_ACK, request),
    send(1, PSH_ACK, answer),
    send(1, FIN_ACK),
    send(0, FIN_ACK),
    send(1, ACK),
  ];
}

/** A pcap file, version 2.4, Ethernet, with 20 ms between the frames. */
function captureFile(frames: readonly Buffer[], seconds: number): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  const packets = frames.flatMap((frame, at) => {
    const head = Buffer.alloc(16);
    head.writeUInt32LE(seconds, 0);
    head.writeUInt32LE(at * 20_000, 4);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    return [head, frame];
  });
  return Buffer.concat([header, ...packets]);
}
