import { plainDate } from './dates.ts';
import type { JsonObject } from './json.ts';
import { company, country } from './people.ts';
import type { Random } from './random.ts';

const DAY_SECONDS = 86_400;
const POLICIES = ['2.23.140.1.2.1', '1.3.6.1.4.1.99999.1.1'];

/** `last_https_certificate` of a host: the shape of a real one, around made-up numbers. */
export function certificate(random: Random, host: string, seen: number): JsonObject {
  const issued = seen - random.int(1, 300) * DAY_SECONDS;
  return {
    size: random.int(900, 2000),
    public_key: random.chance(0.7) ? rsaKey(random) : ellipticKey(random),
    thumbprint_sha256: random.hex(64),
    cert_signature: { signature: random.hex(512), signature_algorithm: 'sha256RSA' },
    validity: { not_after: plainDate(issued + 365 * DAY_SECONDS), not_before: plainDate(issued) },
    version: 'V3',
    extensions: {
      certificate_policies: POLICIES,
      extended_key_usage: ['serverAuth', 'clientAuth'],
      authority_key_identifier: { keyid: random.hex(40) },
      subject_alternative_name: [host, `*.${host}`],
      subject_key_identifier: random.hex(40),
      crl_distribution_points: ['http://crl.ca.example/sample.crl'],
      key_usage: ['ff'],
      '1.3.6.1.4.1.11129.2.4.2': random.hex(60),
      CA: true,
      ca_information_access: {
        'CA Issuers': 'http://crt.ca.example/sample.crt',
        OCSP: 'http://ocsp.ca.example',
      },
    },
    serial_number: random.hex(32),
    thumbprint: random.hex(40),
    issuer: { C: country(random), CN: 'Sample Issuing CA', O: company(random) },
    subject: { CN: host },
  };
}

function rsaKey(random: Random): JsonObject {
  return { rsa: { key_size: 2048, modulus: `00${random.hex(510)}`, exponent: '010001' }, algorithm: 'RSA' };
}

function ellipticKey(random: Random): JsonObject {
  return { ec: { oid: 'secp256r1', pub: `04${random.hex(128)}` }, algorithm: 'EC' };
}
