import type { ServerResponse } from 'node:http';
import { momentText } from '../../core/feed/slot-text.ts';

/** What the API says: a link to the storage, or an error with VirusTotal's own code. */
export type ApiAnswer =
  | { readonly status: 302; readonly location: string }
  | { readonly status: number; readonly code: string; readonly message: string };

export const NO_KEY: ApiAnswer = {
  status: 401,
  code: 'AuthenticationRequiredError',
  message: 'X-Apikey header is missing',
};
export const WRONG_KEY: ApiAnswer = { status: 401, code: 'WrongCredentialsError', message: 'Wrong API key' };
export const NO_LICENCE: ApiAnswer = {
  status: 403,
  code: 'ForbiddenError',
  message: 'You are not authorized to perform the requested operation',
};
export const NO_METHOD: ApiAnswer = { status: 405, code: 'BadRequestError', message: 'Method not allowed' };

export function notFound(what: string): ApiAnswer {
  return { status: 404, code: 'NotFoundError', message: `${what} not found` };
}

export function badTime(time: string): ApiAnswer {
  return /^\d+$/u.test(time)
    ? { status: 400, code: 'InvalidArgumentError', message: `Invalid package id: ${time}` }
    : { status: 400, code: 'BadRequestError', message: 'Invalid package id, expected digits only' };
}

/** The wording of a real answer. `availableAt` is Unix milliseconds. */
export function notAvailableYet(time: string, availableAt: number): ApiAnswer {
  const when = `${new Date(availableAt).toISOString().slice(0, 10)} at ${momentText(availableAt, availableAt)}`;
  const message = `Package ${time} is not available until ${when} because of privacy policy.`;
  return { status: 400, code: 'NotAvailableYet', message };
}

export function sendApiAnswer(response: ServerResponse, answer: ApiAnswer): void {
  if ('location' in answer) {
    response
      .writeHead(302, { Location: answer.location, 'Content-Length': 0, 'Cache-Control': 'no-cache' })
      .end();
    return;
  }
  const body = JSON.stringify({ error: { code: answer.code, message: answer.message } });
  response.writeHead(answer.status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
