/** The five IoC feeds by the API's own names, in the order in which they are shown. */
export const FEEDS = ['files', 'urls', 'domains', 'ip_addresses', 'file_behaviours'] as const;

export type Feed = (typeof FEEDS)[number];

export interface FeedInfo {
  /** Name for people. */
  readonly title: string;
  /** One of its records, for people. */
  readonly recordTitle: string;
  /** What a record of it is, in a sentence. */
  readonly description: string;
}

const INFO: Readonly<Record<Feed, FeedInfo>> = {
  files: {
    title: 'Files',
    recordTitle: 'File',
    description: 'Every file analysed, with verdicts, names, hashes and a link to the sample.',
  },
  urls: {
    title: 'URLs',
    recordTitle: 'URL',
    description: 'Every URL analysed, with verdicts, final address and response.',
  },
  domains: {
    title: 'Domains',
    recordTitle: 'Domain',
    description: 'Every domain analysed, with DNS records, WHOIS, certificate and verdicts.',
  },
  ip_addresses: {
    title: 'IP addresses',
    recordTitle: 'IP address',
    description: 'Every IP address analysed, with owner, country, certificate and verdicts.',
  },
  file_behaviours: {
    title: 'Sandbox behaviours',
    recordTitle: 'Behaviour',
    description: 'Every sandbox run, with its PCAP, HTML report, EVTX and memory dump.',
  },
};

export function feedInfo(feed: Feed): FeedInfo {
  return INFO[feed];
}

export function isFeed(value: unknown): value is Feed {
  return FEEDS.some((feed) => feed === value);
}
