import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { build } from 'esbuild';
import { minuteAt } from '../../../src/core/feed/slot.ts';
import { FEED_LIFETIME_MS } from '../../../src/core/feed/window.ts';
import { ArtifactShelf } from '../../../src/sample/artifacts/artifact-shelf.ts';
import { eicarFile } from '../../../src/sample/artifacts/eicar.ts';
import { eventLog } from '../../../src/sample/artifacts/event-log.ts';
import { htmlReport } from '../../../src/sample/artifacts/html-report.ts';
import { memoryDump } from '../../../src/sample/artifacts/memory-dump.ts';
import { networkCapture } from '../../../src/sample/artifacts/network-capture.ts';
import { artifactToken, readToken } from '../../../src/sample/artifacts/token.ts';
import { behaviourIdentity } from '../../../src/sample/behaviours/behaviour-identity.ts';
import { fileHashes } from '../../../src/sample/files/file-content.ts';

const START = Date.UTC(2026, 10, 22, 10);
const WORLD = { seed: 1, recordsPerMinute: undefined };
const PLACE = { seed: 1, feed: 'file_behaviours', minute: minuteAt(START), index: 0 } as const;
const SAMPLE_FOLDER = new URL('../../../src/sample/', import.meta.url);

describe('EICAR', () => {
  // In two pieces, so that this file does not hold it either.
  const marker = ['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-');

  it('is the test file, put together at run time', () => {
    const sha256 = createHash('sha256').update(eicarFile()).digest('hex');
    assert.equal(sha256, '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f');
    assert.ok(eicarFile().includes(marker));
  });

  it('is in no source file and in no bundle', async () => {
    const files = readdirSync(SAMPLE_FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length > 40);
    for (const name of files) assert.ok(!readFileSync(new URL(name, SAMPLE_FOLDER)).includes(marker), name);
    const entryPoints = [fileURLToPath(new URL('sample-server.ts', SAMPLE_FOLDER))];
    const { outputFiles } = await build({
      entryPoints,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      write: false,
    });
    const bundle = Buffer.from(outputFiles[0]?.contents ?? []);
    assert.ok(bundle.length > 10_000);
    assert.ok(!bundle.includes(marker));
    assert.ok(!bundle.includes('X5O!P%'));
  });
});

describe('tokens', () => {
  const token = artifactToken(1, 'abc_A Sandbox', 1_795_000_000);

  it('are unpadded base64url of the fields real tokens have, and are read again', () => {
    assert.match(token, /^[A-Za-z0-9_-]+$/u);
    assert.match(
      Buffer.from(token, 'base64url').toString(),
      /^abc_A Sandbox\|\|v3\|\|1795000000\|\|[0-9a-f]{64}$/u,
    );
    assert.deepEqual(readToken(1, token), { id: 'abc_A Sandbox', seconds: 1_795_000_000 });
  });

  it('are refused when forged, or made with another seed', () => {
    const forged = Buffer.from(token, 'base64url').toString().replace('1795000000', '1795000001');
    assert.equal(readToken(1, Buffer.from(forged).toString('base64url')), undefined);
    assert.equal(readToken(2, token), undefined);
    assert.equal(readToken(1, 'not-a-token'), undefined);
  });

  it('open the artifacts of their record only, for seven days', () => {
    const seconds = START / 1000 + 5;
    const { id } = behaviourIdentity(WORLD, PLACE);
    const behaviour = artifactToken(1, id, seconds);
    const file = artifactToken(1, fileHashes(1, PLACE.minute, 3).sha256, seconds);
    const shelf = (now: number): ArtifactShelf => new ArtifactShelf(WORLD, () => now, 'http://127.0.0.1:1');
    assert.ok(shelf(START).has('memdump', behaviour));
    assert.ok(shelf(START).has('sample', file));
    assert.ok(!shelf(START).has('sample', behaviour));
    assert.ok(!shelf(START).has('pcap', file));
    assert.ok(shelf(seconds * 1000 + FEED_LIFETIME_MS - 1).has('pcap', behaviour));
    assert.ok(!shelf(seconds * 1000 + FEED_LIFETIME_MS).has('pcap', behaviour));
    assert.ok(!shelf(START).has('pcap', artifactToken(1, `${'0'.repeat(64)}_None`, seconds)));
  });
});

describe('the capture', () => {
  const capture = networkCapture(PLACE);
  const frames = framesOf(capture);

  it('is a pcap of version 2.4 for Ethernet, the same each time', () => {
    assert.equal(capture.readUInt32LE(0), 0xa1b2c3d4);
    assert.deepEqual([capture.readUInt16LE(4), capture.readUInt16LE(6), capture.readUInt32LE(20)], [2, 4, 1]);
    assert.ok(networkCapture(PLACE).equals(capture));
    assert.equal(frames.length, 10);
  });

  it('has right checksums in every packet', () => {
    for (const frame of frames) {
      const ip = frame.subarray(14);
      assert.equal(ip.readUInt16BE(2), ip.length);
      assert.equal(onesSum(ip.subarray(0, 20)), 0xffff);
      const segment = ip.subarray(20);
      const pseudo = Buffer.concat([
        ip.subarray(12, 20),
        Buffer.from([0, ip.readUInt8(9), segment.length >> 8, segment.length & 0xff]),
      ]);
      assert.equal(onesSum(Buffer.concat([pseudo, segment])), 0xffff);
    }
  });

  it('holds a look-up and a request to the host that was looked up', () => {
    const host = /Host: ([^\r]+)\r\n/u.exec(capture.toString('latin1'))?.[1] ?? '';
    const [query = Buffer.alloc(0), answer = Buffer.alloc(0)] = frames;
    const labels = host
      .split('.')
      .map((label) => String.fromCharCode(label.length) + label)
      .join('');
    assert.ok(query.includes(labels) && answer.includes(labels));
    const server = frames[2]?.subarray(30, 34) ?? Buffer.alloc(4);
    assert.ok(answer.subarray(-4).equals(server));
  });
});

describe('the HTML report', () => {
  const report = htmlReport(behaviourIdentity(WORLD, PLACE), 'http://127.0.0.1:9');

  it('stands by itself', () => {
    for (const part of ['<style>', '<svg', 'data:image/', '<table>']) assert.ok(report.includes(part), part);
  });

  it('tries everything a hostile report could, each under a path of its own', () => {
    const reached = [...report.matchAll(/http:\/\/127\.0\.0\.1:9\/hostile\/([a-z]+)/gu)].map(
      ([, name = '']) => name,
    );
    assert.equal(new Set(reached).size, reached.length);
    for (const way of ['script', 'refresh', 'image', 'form', 'link', 'frame', 'import'])
      assert.ok(reached.includes(way), way);
    assert.ok(report.includes('http://192.0.2.1/'));
    assert.ok(report.includes('javascript:') && report.includes('command:') && report.includes('</iframe>'));
  });
});

describe('the event log', () => {
  const log = eventLog(PLACE);
  const chunk = log.subarray(4096);

  it('has the checksums of the format', () => {
    assert.equal(log.length, 4096 + 65_536);
    assert.equal(log.toString('latin1', 0, 8), 'ElfFile\0');
    assert.equal(log.readUInt32LE(124), crc32(log.subarray(0, 120)));
    assert.equal(chunk.toString('latin1', 0, 8), 'ElfChnk\0');
    assert.equal(chunk.readUInt32LE(52), crc32(chunk.subarray(512, chunk.readUInt32LE(48))));
    assert.equal(
      chunk.readUInt32LE(124),
      crc32(Buffer.concat([chunk.subarray(0, 120), chunk.subarray(128, 512)])),
    );
  });

  it('holds records, one after the other, with their size at both ends', () => {
    const end = chunk.readUInt32LE(48);
    let count = 0;
    let at = 512;
    for (; at < end; count++) {
      assert.equal(chunk.toString('latin1', at, at + 4), '**\0\0');
      assert.equal(chunk.readBigUInt64LE(at + 8), BigInt(count + 1));
      const size = chunk.readUInt32LE(at + 4);
      assert.equal(chunk.readUInt32LE(at + size - 4), size);
      at += size;
    }
    assert.equal(at, end);
    assert.equal(count, 12);
    assert.ok(chunk.includes(Buffer.from('CommandLine', 'utf16le')));
  });
});

describe('the memory dump', () => {
  it('is made in pieces, as long as it says, the same each time, with text to find in it', () => {
    const digest = (): string => {
      const hash = createHash('sha256');
      let bytes = 0;
      let strings = 0;
      for (const piece of memoryDump(PLACE).bytes() as Iterable<Buffer>) {
        assert.ok(piece.length <= 65_536);
        hash.update(piece);
        bytes += piece.length;
        if (piece.includes('.exe\0')) strings++;
      }
      assert.equal(bytes, memoryDump(PLACE).length);
      assert.ok(strings > 10);
      return hash.digest('hex');
    };
    assert.equal(digest(), digest());
  });
});

/** The frames of a pcap file. */
function framesOf(capture: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 24; at < capture.length;) {
    const length = capture.readUInt32LE(at + 8);
    assert.equal(capture.readUInt32LE(at + 12), length);
    frames.push(capture.subarray(at + 16, at + 16 + length));
    at += 16 + length;
  }
  return frames;
}

/** Of data that holds its own right checksum this is 0xffff. */
function onesSum(data: Buffer): number {
  const padded = data.length % 2 === 0 ? data : Buffer.concat([data, Buffer.alloc(1)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 2) sum += padded.readUInt16BE(at);
  return (sum % 0xffff) + (sum % 0xffff === 0 && sum > 0 ? 0xffff : 0);
}
