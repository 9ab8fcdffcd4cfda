/** How the user reaches the network: VS Code's `http.*` settings. Holds a login, so it is never logged. */
export interface NetworkSettings {
  /** `http.proxy`; empty: the environment's. */
  readonly proxy?: string;
  /** `http.noProxy`, hosts that are reached without the proxy; empty: the environment's NO_PROXY. */
  readonly noProxy?: readonly string[];
  /** `http.proxySupport` is off: no proxy, not even the environment's. */
  readonly proxyOff?: boolean;
  /** `http.proxyAuthorization`: the `Proxy-Authorization` as it is sent. */
  readonly proxyAuthorization?: string;
  /** `http.proxyStrictSSL`: false only when the user switched certificate checks off in VS Code. */
  readonly strictSsl?: boolean;
  /** `http.systemCertificates`: false when the user wants only Node.js's own. */
  readonly systemCertificates?: boolean;
}
