import { isoDate } from './dates.ts';
import type { Json, JsonObject } from './json.ts';
import { company, country, reference } from './people.ts';
import type { Random } from './random.ts';
import { repeat } from './relationships.ts';

const NOTICES = ['Terms of Use', 'Inaccuracy Reporting', 'Copyright Notice'];

/** `rdap` of an address: the registry's own answer about its network. */
export function networkRdap(random: Random, network: string, registered: number): JsonObject {
  const [prefix = '', bits] = network.split('/');
  const wide = prefix.includes(':');
  return {
    arin_originas0_originautnums: [],
    cidr0_cidrs: [{ length: Number(bits), v4prefix: wide ? '' : prefix, v6prefix: wide ? prefix : '' }],
    country: country(random),
    end_address: wide ? '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff' : prefix.replace(/0$/u, '255'),
    entities: repeat(random.int(1, 3), () =>
      entity(
        random,
        registered,
        repeat(random.int(1, 2), () => entity(random, registered, [])),
      ),
    ),
    events: [event('registration', registered), event('last changed', registered + 86_400)],
    handle: `NET-${random.hex(8).toUpperCase()}-1`,
    ip_version: wide ? 'v6' : 'v4',
    links: repeat(random.int(1, 4), () => link(random, 'self', 'application/rdap+json')),
    name: `SAMPLE-NET-${random.digits(1, 99)}`,
    notices: NOTICES.map((title) => ({
      description: ['This is a made-up answer of a made-up registry.'],
      links: [link(random, 'terms-of-service', 'text/html')],
      title,
      type: '',
    })),
    object_class_name: 'ip network',
    parent_handle: '',
    port43: 'whois.example',
    rdap_conformance: ['rdap_level_0', 'cidr0', 'nro_rdap_profile_0'],
    remarks: random.chance(0.6) ? [remark('A range for documentation.')] : [],
    start_address: prefix,
    status: ['active'],
    type: 'DIRECT ALLOCATION',
  };
}

function entity(random: Random, registered: number, entities: readonly Json[]): JsonObject {
  return {
    as_event_actor: [],
    autnums: [],
    entities,
    events: [event('last changed', registered)],
    handle: `SAMPLE-${random.digits(1, 9999)}`,
    lang: '',
    links: repeat(2, () => link(random, 'self', 'application/rdap+json')),
    networks: [],
    object_class_name: 'entity',
    port43: 'whois.example',
    public_ids: [],
    rdap_conformance: [],
    remarks: random.chance(0.4) ? [remark('A made-up contact.')] : [],
    roles: [random.pick(['abuse', 'technical', 'registrant', 'administrative'])],
    status: [],
    url: '',
    vcard_array: [
      { name: 'version', parameters: {}, type: 'text', values: ['4.0'] },
      { name: 'fn', parameters: {}, type: 'text', values: [company(random)] },
      { name: 'kind', parameters: {}, type: 'text', values: ['org'] },
    ],
  };
}

function event(action: string, seconds: number): JsonObject {
  return { event_action: action, event_actor: '', event_date: isoDate(seconds), links: [] };
}

function link(random: Random, rel: string, type: string): JsonObject {
  const href = reference(random, 'rdap');
  return { href, href_lang: [], media: '', rel, title: '', type, value: href };
}

function remark(text: string): JsonObject {
  return { description: [text], links: [], title: 'description', type: '' };
}
