import type { Feed } from './feed.ts';

/** What can be fetched for a record by the links in it. `sample` is the file itself. */
export const ARTIFACT_KINDS = ['pcap', 'html', 'evtx', 'memdump', 'sample'] as const;

export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

export interface ArtifactInfo {
  readonly title: string;
  readonly description: string;
  /** The record's `context_attributes` key that holds the link. */
  readonly linkKey: string;
  /** Ending of the saved file, with its dot. */
  readonly extension: string;
}

const INFO: Readonly<Record<ArtifactKind, ArtifactInfo>> = {
  pcap: {
    title: 'PCAP',
    description: 'the network traffic of the sandbox run',
    linkKey: 'pcap',
    extension: '.pcap',
  },
  html: {
    title: 'HTML report',
    description: "the sandbox's own report, shown with nothing in it able to run or load",
    linkKey: 'html_report',
    extension: '.html',
  },
  evtx: {
    title: 'EVTX',
    description: 'the Windows event log of the sandbox run',
    linkKey: 'evtx',
    extension: '.evtx',
  },
  memdump: {
    title: 'Memory dump',
    description: 'the memory of the sandbox run',
    linkKey: 'memdump',
    extension: '.dmp',
  },
  sample: {
    title: 'Sample',
    description: 'the file itself, possibly live malware, saved as an encrypted zip (password: infected)',
    linkKey: 'download_url',
    extension: '.zip',
  },
};

export function artifactInfo(kind: ArtifactKind): ArtifactInfo {
  return INFO[kind];
}

export function isArtifactKind(value: unknown): value is ArtifactKind {
  return ARTIFACT_KINDS.some((kind) => kind === value);
}

/** Which artifacts a record of `feed` can have; the feeds not named here have none (OpenAPI). */
export function artifactKindsOf(feed: Feed): readonly ArtifactKind[] {
  if (feed === 'files') return ['sample'];
  return feed === 'file_behaviours' ? ['pcap', 'html', 'evtx', 'memdump'] : [];
}

/** The kind whose link stands under `key` of a record's `context_attributes`. */
export function artifactKindOfKey(key: string): ArtifactKind | undefined {
  return ARTIFACT_KINDS.find((kind) => INFO[kind].linkKey === key);
}
