import assert from 'node:assert/strict';
import { isPublicAddress, mayResolveTo } from '../../../../../src/core/api/network/public-address.ts';

describe('public addresses', () => {
  const rows: readonly (readonly [address: string, inLinks: boolean, asResolved: boolean])[] = [
    ['93.184.215.14', true, true],
    ['2606:2800:21f::1', true, true],
    ['127.0.0.1', false, false],
    ['10.1.2.3', false, false],
    ['172.31.255.255', false, false],
    ['192.168.1.1', false, false],
    ['169.254.169.254', false, false],
    ['100.64.0.1', false, false],
    ['0.0.0.0', false, false],
    ['::1', false, false],
    ['::', false, false],
    ['fe80::1', false, false],
    ['fd00::1', false, false],
    ['::ffff:10.0.0.1', false, false],
    // Where VPN clients lead every name, and how a network without IPv4 names an IPv4 address.
    ['198.18.0.7', false, true],
    ['64:ff9b::5db8:d70e', false, true],
    ['64:ff9b::a00:1', false, false],
    ['64:ff9b::7f00:1', false, false],
    ['64:ff9b::1', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['64:ff9b:1::5db8:d70e', false, false],
    ['no address', false, false],
    ['', false, false],
  ];
  for (const [address, inLinks, asResolved] of rows) {
    it(`${JSON.stringify(address)}: ${inLinks ? 'followed' : 'refused'} in a link, ${asResolved ? 'connected to' : 'refused'} behind a name`, () => {
      assert.equal(isPublicAddress(address), inLinks);
      assert.equal(mayResolveTo(address), asResolved);
    });
  }
});
