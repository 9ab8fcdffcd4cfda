import { plainDate } from '../records/dates.ts';
import type { JsonObject } from '../records/json.ts';
import { company } from '../records/people.ts';
import type { Random } from '../records/random.ts';

const YEAR_SECONDS = 365 * 86_400;
const CHAIN = ['Sample Code Signing CA', 'Sample Root CA'] as const;

/** `signature_info`, of a Windows program that says where it is from and perhaps proves it. */
export function signatureInfo(random: Random, compiled: number): JsonObject {
  const owner = company(random);
  const facts = {
    copyright: `© ${owner}`,
    description: 'Synthetic program',
    'file version': `${random.digits(1, 12)}.${random.digits(0, 9)}.0.${random.digits(0, 99)}`,
    'internal name': 'sample',
    'original name': 'sample.exe',
    product: 'Sample Product',
  };
  if (random.chance(0.4)) return facts;
  const names = [owner, ...CHAIN];
  return {
    ...facts,
    signers: names.join('; '),
    'signers details': names.map((name, at) => ({
      status: 'Valid',
      'valid usage': 'Code Signing',
      name,
      algorithm: 'sha256RSA',
      'valid from': plainDate(compiled - YEAR_SECONDS),
      'valid to': plainDate(compiled + YEAR_SECONDS),
      'serial number': serial(random),
      'cert issuer': names[at + 1] ?? name,
      thumbprint: random.hex(40).toUpperCase(),
    })),
    'signing date': plainDate(compiled),
    verified: random.chance(0.8) ? 'Signed' : 'A certificate was explicitly revoked by its issuer.',
    x509: CHAIN.map((name) => ({
      algorithm: 'sha256RSA',
      'cert issuer': CHAIN[1],
      name,
      'serial number': serial(random),
      thumbprint: random.hex(40).toUpperCase(),
      'valid from': plainDate(compiled - 5 * YEAR_SECONDS),
      'valid to': plainDate(compiled + 5 * YEAR_SECONDS),
      valid_usage: 'Code Signing',
    })),
  };
}

function serial(random: Random): string {
  return (random.hex(32).toUpperCase().match(/../gu) ?? []).join(' ');
}
