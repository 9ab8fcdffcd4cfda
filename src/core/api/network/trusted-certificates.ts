import { createSecureContext, getCACertificates, rootCertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';

/** How a server's certificate is checked. */
export interface CertificateCheck {
  readonly rejectUnauthorized: boolean;
  readonly secureContext: SecureContext;
}

/**
 * Trusts Node.js's own certificates, those of NODE_EXTRA_CA_CERTS, and where `system` is true the operating system's,
 * where a company keeps those of its proxy. It takes some 40 ms: made once and used for every connection.
 */
export function trustedCertificates(system: boolean): SecureContext {
  const stores = [
    rootCertificates,
    getCACertificates('extra'),
    ...(system ? [getCACertificates('system')] : []),
  ];
  return createSecureContext({ ca: [...new Set(stores.flat())] });
}
