import { VtFeedsError } from '../../common/errors.ts';
import type { NetworkSettings } from './network-settings.ts';
import { isExempt, isLoopback } from './no-proxy.ts';

/** What a proxy wants to know of its user. A secret. */
interface ProxyLogin {
  readonly user: string;
  readonly password: string;
  /** As an HTTP proxy wants it. */
  readonly authorization: string;
}

export interface Proxy {
  /** `http:`, `https:` or `socks5:`; without user name and password. */
  readonly url: URL;
  readonly login: ProxyLogin | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Decides which way a request goes, as VS Code does: by its settings, and where they are empty by the environment. */
export class ProxyChoice {
  private readonly proxy: Proxy | undefined;
  private readonly exempt: readonly string[];

  /** Throws `proxy` where the address is not one that can be used. */
  constructor(
    { proxy, noProxy, proxyOff, proxyAuthorization }: NetworkSettings,
    environment: Environment = process.env,
  ) {
    const named = (...names: readonly string[]): string | undefined =>
      names.map((name) => environment[name]?.trim()).find(Boolean);
    this.exempt = noProxy?.length ? noProxy : (named('NO_PROXY', 'no_proxy') ?? '').split(/[\s,]+/u);
    if (proxyOff === true) return;
    const fromEnvironment = named('HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy');
    if (proxy?.trim()) this.proxy = readProxy(proxy.trim(), 'The setting http.proxy', proxyAuthorization);
    else if (fromEnvironment !== undefined) {
      const address = fromEnvironment.includes('://') ? fromEnvironment : `http://${fromEnvironment}`;
      this.proxy = readProxy(address, 'The variable HTTPS_PROXY', proxyAuthorization);
    }
  }

  /** Undefined: straight. */
  proxyFor(url: URL): Proxy | undefined {
    return isLoopback(url) || isExempt(url, this.exempt) ? undefined : this.proxy;
  }
}

function readProxy(address: string, where: string, authorization: string | undefined): Proxy {
  // VS Code names a SOCKS proxy in several ways; names are always resolved by the proxy.
  const known = address.replace(/^socks(?:5h?)?:/iu, 'socks5:');
  if (!/^(?:https?|socks5):\/\/[^/]/iu.test(known) || !URL.canParse(known)) throw unusableProxy(where);
  const url = new URL(known);
  const [user, password] = [decoded(url.username), decoded(url.password)];
  url.username = '';
  url.password = '';
  if (user === '' && authorization === undefined) return { url, login: undefined };
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return { url, login: { user, password, authorization: authorization ?? basic } };
}

/** A password with a bare `%` in it was not encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unusableProxy(where: string): VtFeedsError {
  return new VtFeedsError(
    'proxy',
    `${where} is not the address of a proxy that can be used. Write it as http://host:port, https://host:port or socks5://host:port.`,
  );
}
