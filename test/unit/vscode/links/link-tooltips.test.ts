import assert from 'node:assert/strict';
import { ARTIFACT_KINDS, artifactInfo } from '../../../../src/core/feed/artifact.ts';
import { LinkTooltips } from '../../../../src/vscode/links/link-tooltips.ts';
import { LINKS_END } from '../../../support/records.ts';

describe('LinkTooltips', () => {
  const tooltips = new LinkTooltips(LINKS_END);

  it('say what a link opens, and until when', () => {
    const texts = [
      tooltips.of({ target: 'record' }),
      tooltips.of({ target: 'pcap' }),
      tooltips.of({ target: 'pcap', expiresAt: LINKS_END + 86_400_000 }),
      tooltips.of({ target: 'pcap', expiresAt: LINKS_END + 1 }),
      tooltips.of({ target: 'pcap', expiresAt: LINKS_END }),
    ];
    assert.deepEqual(texts, [
      'Open this record',
      'PCAP: the network traffic of the sandbox run',
      'PCAP: the network traffic of the sandbox run. The link ends 2026-11-30 10:03 UTC',
      'PCAP: the network traffic of the sandbox run. The link ends 10:03 UTC',
      'PCAP: the network traffic of the sandbox run. The link ended 10:03 UTC',
    ]);
  });

  it('are of the kind that is asked for, however often', () => {
    for (const round of [1, 2])
      for (const kind of ARTIFACT_KINDS)
        assert.ok(tooltips.of({ target: kind }).startsWith(`${artifactInfo(kind).title}: `), String(round));
  });
});
