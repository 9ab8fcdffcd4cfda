import { VtFeedsError } from '../common/errors.ts';
import type { HttpAnswer } from './network/transport.ts';
import type { Asked } from './asked.ts';

/** A web page, as captive portals and company proxies send it in place of any answer. */
export function isPage({ headers }: HttpAnswer): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)\b/iu.test(headers.get('content-type') ?? '');
}

/** Whether what was asked for may itself be a web page: a report is one, and a sample can be anything. */
export function mayBePage(asked: Asked): boolean {
  return asked.what === 'artifact' && (asked.kind === 'html' || asked.kind === 'sample');
}

/** A page with a 200, where the object should be. It is no batch, so nothing of it is kept. */
export function unexpectedPage(host: string, { what }: Asked): VtFeedsError {
  const sentence = `${host} sent a web page instead of the download. ${PORTAL}`;
  return new VtFeedsError(what === 'batch' ? 'notBzip2' : 'protocol', sentence);
}

/** A page instead of the API's own refusal: what it says of key, licence and time is not the API's word. */
export function pageInstead(status: number): VtFeedsError {
  const sentence = `A web page came instead of VirusTotal's answer (HTTP ${String(status)}). ${PORTAL}`;
  return new VtFeedsError('protocol', sentence, { status });
}

const PORTAL =
  'The network may want a login, or block it: log in with a browser, ask who runs the network, or set http.proxy.';
