import { BlockList, isIP } from 'node:net';

/** Ranges that are not the public internet: IANA's special-purpose registry, and multicast. */
const REFUSED_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Inside global unicast (2000::/3), the ranges that carry an IPv4 address or lead nowhere public. */
const REFUSED_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [net, prefix] of REFUSED_IPV4) refused.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of REFUSED_IPV6) refused.addSubnet(net, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an IP address may be connected to as part of the public internet.
 *
 * Everything outside IPv6 global unicast is refused, which covers loopback, link-local, unique-local, multicast,
 * IPv4-mapped and NAT64 forms. A text that is no IP address is refused.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !refused.check(address, 'ipv4');
  if (version === 6) {
    const plain = address.split('%')[0] ?? address;
    return globalUnicast.check(plain, 'ipv6') && !refused.check(plain, 'ipv6');
  }
  return false;
}
