import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { VtFeedsError } from '../../common/errors.ts';
import { mayResolveTo } from './public-address.ts';

/** Finds every address of a name; as `dns.lookup`. */
export type NameLookup = (
  hostname: string,
  options: { readonly all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for connections to where a stranger's redirect leads: names that resolve to this machine or its network
 * are refused at the moment of connecting, when they can no longer change. It fails with `redirectRefused`.
 */
export function publicLookup(lookup: NameLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const found = addresses.filter(({ address }) => mayResolveTo(address));
      const [first] = found;
      if (error !== null) callback(error, '');
      else if (first === undefined) callback(localName(hostname), '');
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

function localName(hostname: string): VtFeedsError {
  return new VtFeedsError(
    'redirectRefused',
    `The download was not followed to ${hostname}: that name leads to a local address here. Check the network's DNS, or set http.proxy.`,
  );
}
