import { artifactInfo, artifactKindsOf } from './artifact.ts';
import type { Feed } from './feed.ts';
import { LOOKED_AT } from './record-summary.ts';
import { LENGTH, SCALAR, items, members } from './wanted.ts';
import type { Wanted } from './wanted.ts';

const VALUE = members({ value: SCALAR });
const TEXTS = items(SCALAR, LOOKED_AT);
const SUBMITTER = members({ country: SCALAR });
const VERDICTS = {
  last_analysis_stats: members({
    malicious: SCALAR,
    suspicious: SCALAR,
    harmless: SCALAR,
    undetected: SCALAR,
  }),
  gti_assessment: members({ verdict: VALUE, severity: VALUE, threat_score: VALUE }),
};

/** All that the facts of a record are made of, by feed. */
export const WANTED_PARTS: Readonly<Record<Feed, Wanted>> = {
  files: members({
    id: SCALAR,
    attributes: members({
      ...VERDICTS,
      type_tag: SCALAR,
      type_description: SCALAR,
      meaningful_name: SCALAR,
      names: TEXTS,
      popular_threat_classification: members({ suggested_threat_label: SCALAR }),
      tags: TEXTS,
      size: SCALAR,
      first_submission_date: SCALAR,
    }),
    context_attributes: members({ submitter: SUBMITTER, ...artifactLinks('files') }),
  }),
  urls: members({
    id: SCALAR,
    attributes: members({
      ...VERDICTS,
      url: SCALAR,
      threat_names: TEXTS,
      tags: TEXTS,
      last_http_response_code: SCALAR,
      title: SCALAR,
      last_submission_date: SCALAR,
    }),
    context_attributes: members({ url: SCALAR, submitter: SUBMITTER }),
  }),
  domains: members({
    id: SCALAR,
    attributes: members({
      ...VERDICTS,
      tags: TEXTS,
      registrar: SCALAR,
      creation_date: SCALAR,
      last_dns_records: items(members({ type: SCALAR, value: SCALAR }), LOOKED_AT),
      last_modification_date: SCALAR,
    }),
  }),
  ip_addresses: members({
    id: SCALAR,
    attributes: members({
      ...VERDICTS,
      as_owner: SCALAR,
      asn: SCALAR,
      country: SCALAR,
      network: SCALAR,
      tags: TEXTS,
      last_modification_date: SCALAR,
    }),
  }),
  file_behaviours: members({
    id: SCALAR,
    attributes: members({
      sandbox_name: SCALAR,
      verdicts: TEXTS,
      tags: TEXTS,
      processes_created: LENGTH,
      dns_lookups: LENGTH,
      analysis_date: SCALAR,
    }),
    context_attributes: members({ file_type_tag: SCALAR, ...artifactLinks('file_behaviours') }),
  }),
};

function artifactLinks(feed: Feed): Readonly<Record<string, Wanted>> {
  return Object.fromEntries(artifactKindsOf(feed).map((kind) => [artifactInfo(kind).linkKey, SCALAR]));
}
