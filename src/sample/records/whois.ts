import { hostName } from './hosts.ts';
import { isoDate } from './dates.ts';
import { company, country } from './people.ts';
import type { Random } from './random.ts';
import { repeat } from './relationships.ts';

/** A registry's answer for a domain. */
export function domainWhois(random: Random, domain: string, registrar: string, created: number): string {
  const contact = (role: string): readonly string[] => [
    `${role} City: REDACTED FOR PRIVACY`,
    `${role} Country: ${country(random)}`,
    `${role} Email: ${random.hex(16)}@${hostName(random)}`,
    `${role} Organization: ${company(random)}`,
  ];
  return [
    ...['Admin', 'Registrant', 'Tech'].flatMap(contact),
    `Creation Date: ${isoDate(created)}`,
    'DNSSEC: unsigned',
    `Domain Name: ${domain.toUpperCase()}`,
    ...repeat(2, (at) => `Name Server: NS${String(at + 1)}.${hostName(random).toUpperCase()}`),
    `Registrar: ${registrar}`,
    `Registrar Abuse Contact Email: abuse@${hostName(random)}`,
    `Registry Domain ID: ${random.digits(1e8, 9e8)}_DOMAIN-SAMPLE`,
  ].join('\n');
}

/** A regional registry's answer for a network. */
export function networkWhois(random: Random, network: string, owner: string, created: number): string {
  const handle = `SAMPLE${random.digits(1, 9999)}-TEST`;
  const roles = repeat(random.int(3, 9), (at) =>
    [
      `role: Sample role ${String(at + 1)}`,
      `address: ${random.digits(1, 99)} Example Street, Sample Town, ${country(random)}`,
      `e-mail: ${random.hex(10)}@${hostName(random)}`,
      `nic-hdl: SR${random.digits(1, 9999)}-TEST`,
      `mnt-by: ${handle}`,
      `created: ${isoDate(created)}`,
      `last-modified: ${isoDate(created)}`,
      'source: SAMPLE # Filtered',
    ].join('\n'),
  );
  return [
    `inetnum: ${network}`,
    `netname: ${handle}`,
    `org-name: ${owner}`,
    `country: ${country(random)}`,
    ...roles,
  ].join('\n');
}
