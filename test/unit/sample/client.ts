import { request } from 'node:http';
import type { SampleServer } from '../../../src/sample/sample-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** One request, nothing followed, nothing added. */
export function ask(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const all = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]),
        );
        resolve({ status: response.statusCode ?? 0, headers: all, body: Buffer.concat(parts) });
      });
    });
    sent.on('error', reject).end();
  });
}

/** Asks the API with the server's key. */
export function askApi(server: SampleServer, path: string): Promise<Answer> {
  return ask(`${server.origin}/api/v3/feeds/${path}`, { 'x-apikey': server.key });
}

/** Asks the API and follows its redirect without the key. */
export async function download(
  server: SampleServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const {
    headers: { location = '' },
  } = await askApi(server, path);
  return ask(location, headers);
}
