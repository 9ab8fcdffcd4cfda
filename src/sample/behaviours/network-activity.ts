import { hostName, ipv4 } from '../records/hosts.ts';
import type { JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';

/** What a run did on the network; nothing for those that stayed quiet. */
export function networkActivity(random: Random): JsonObject {
  if (random.chance(0.3)) return {};
  const host = hostName(random);
  return {
    dns_lookups: repeat(random.int(1, 4), (at) => ({
      hostname: at === 0 ? host : hostName(random),
      resolved_ips: repeat(random.int(1, 3), () => ipv4(random)),
    })),
    ip_traffic: repeat(random.int(1, 5), () => ({
      destination_ip: ipv4(random),
      destination_port: random.pick([53, 80, 443, 8080]),
      transport_layer_protocol: random.pick(['TCP', 'UDP']),
    })),
    ja3_digests: random.chance(0.4) ? [random.hex(32)] : undefined,
    tls: random.chance(0.4)
      ? [
          {
            issuer: { C: 'XX', CN: 'Sample Issuing CA' },
            ja3: random.hex(32),
            ja3s: random.hex(32),
            serial_number: random.hex(36),
            sni: host,
            subject: { CN: host },
            thumbprint: random.hex(40),
            version: 'TLS 1.2',
          },
        ]
      : undefined,
  };
}
