import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { parseArtifactLink } from '../../../../src/core/feed/artifact-link.ts';
import { LINKS_END, SHA256, TOKEN_SECONDS, artifactUrl, tokenOf } from '../../../support/records.ts';

const TOKEN = tokenOf(`${SHA256}_Rising MOVES`);

describe('parseArtifactLink', () => {
  for (const spelling of ['file-behaviours', 'file_behaviours']) {
    for (const kind of ['pcap', 'html', 'evtx', 'memdump'] as const) {
      it(`reads a ${kind} link in the spelling ${spelling}, and keeps that spelling`, () => {
        assert.deepEqual(parseArtifactLink(artifactUrl(spelling, TOKEN, kind)), {
          kind,
          path: `/api/v3/feeds/${spelling}/${TOKEN}/${kind}`,
          expiresAt: LINKS_END,
        });
      });
    }
  }

  it('reads a sample link', () => {
    const token = tokenOf(SHA256);
    assert.deepEqual(parseArtifactLink(artifactUrl('files', token, 'download')), {
      kind: 'sample',
      path: `/api/v3/feeds/files/${token}/download`,
      expiresAt: LINKS_END,
    });
  });

  it('takes the path alone: the host, whichever it is, is never used', () => {
    const path = `/api/v3/feeds/file-behaviours/${TOKEN}/pcap`;
    for (const host of [
      '',
      'https://www.virustotal.com',
      'http://evil.example',
      'https://evil.example:8443',
    ]) {
      assert.equal(parseArtifactLink(host + path)?.path, path);
    }
  });

  const others: readonly unknown[] = [
    undefined,
    null,
    5,
    {},
    [artifactUrl('file-behaviours', TOKEN, 'pcap')],
    '',
    'pcap',
    artifactUrl('files', TOKEN, 'pcap'),
    artifactUrl('file-behaviours', TOKEN, 'download'),
    artifactUrl('urls', TOKEN, 'pcap'),
    artifactUrl('file behaviours', TOKEN, 'pcap'),
    artifactUrl('file-behaviours', TOKEN, 'zip'),
    artifactUrl('file-behaviours', TOKEN, 'PCAP'),
    artifactUrl('file-behaviours', TOKEN, 'pcap/'),
    artifactUrl('file-behaviours', TOKEN, 'pcap?x=1'),
    artifactUrl('file-behaviours', TOKEN, 'pcap#x'),
    artifactUrl('file-behaviours', TOKEN, 'pcap\n'),
    ` ${artifactUrl('file-behaviours', TOKEN, 'pcap')}`,
    artifactUrl('file-behaviours', 'short', 'pcap'),
    artifactUrl('file-behaviours', 'a'.repeat(1025), 'pcap'),
    artifactUrl('file-behaviours', `${TOKEN}/../../../users/me`, 'pcap'),
    artifactUrl('file-behaviours', '..%2f..%2f..%2fusers%2fme', 'pcap'),
    `https://user@www.virustotal.com/api/v3/feeds/file-behaviours/${TOKEN}/pcap`,
    `ftp://www.virustotal.com/api/v3/feeds/file-behaviours/${TOKEN}/pcap`,
    `javascript:/api/v3/feeds/file-behaviours/${TOKEN}/pcap`,
    `//evil.example/api/v3/feeds/file-behaviours/${TOKEN}/pcap`,
    `/api/v3/users/x/feeds/file-behaviours/${TOKEN}/pcap`,
    `/API/v3/feeds/file-behaviours/${TOKEN}/pcap`,
  ];
  for (const link of others) {
    it(`takes no link from ${inspect(link).slice(0, 90)}`, () => {
      assert.equal(parseArtifactLink(link), undefined);
    });
  }

  const expiries: readonly (readonly [token: string, expiresAt: number | undefined])[] = [
    [tokenOf(SHA256), LINKS_END],
    [tokenOf(`${SHA256}_VirusTotal Jujubox`), LINKS_END],
    [tokenOf(`${SHA256}_a||v3||1||b`), LINKS_END],
    [tokenOf(SHA256, 999_999_999), (999_999_999 + 7 * 86_400) * 1000],
    [tokenOf(SHA256, 'soon'), undefined],
    [tokenOf(SHA256, 5), undefined],
    [tokenOf(SHA256, '9'.repeat(30)), undefined],
    [Buffer.from(`${SHA256}||v3||${String(TOKEN_SECONDS)}||short`).toString('base64url'), undefined],
    ['A'.repeat(64), undefined],
  ];
  for (const [token, expiresAt] of expiries) {
    const plain = Buffer.from(token, 'base64url').toString('latin1').slice(64, 110);
    it(`tells ${String(expiresAt)} as the end of …${JSON.stringify(plain)}`, () => {
      assert.equal(parseArtifactLink(artifactUrl('files', token, 'download'))?.expiresAt, expiresAt);
    });
  }
});
