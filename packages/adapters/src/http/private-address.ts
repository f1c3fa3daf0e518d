/** IPv4 networks that are not the public internet: [network, prefix bits]. */
const privateV4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["168.63.129.16", 32], // public, but inside Azure its platform's own
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Parts of 2000::/3 that are not the public internet or tunnel to somewhere else: [network as 32 bits, prefix bits]. */
const privateV6: readonly [number, number][] = [
  [0x20010000, 23], // protocol assignments, Teredo among them
  [0x20010db8, 32], // documentation
  [0x20020000, 16], // 6to4
  [0x3fff0000, 20], // documentation
];

/** Whether a canonical host is an address outside the public internet. Names are not; they are judged elsewhere. */
export function isPrivateAddress(host: string): boolean {
  if (host.includes(":")) {
    const top = topBitsOfV6(host);
    // Everything public is inside 2000::/3: mapped, translated, local and multicast addresses are not.
    return !within(top, 0x20000000, 3) || privateV6.some(([network, bits]) => within(top, network, bits));
  }
  const address = readV4(host);
  return address !== null && privateV4.some(([network, bits]) => within(address, readV4(network) ?? 0, bits));
}

/** Whether a canonical host is this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}

function readV4(host: string): number | null {
  const parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(host);
  return parts ? parts.slice(1).reduce((address, part) => address * 256 + Number(part), 0) : null;
}

/** The first 32 bits of an IPv6 address in the URL parser's canonical form. */
function topBitsOfV6(host: string): number {
  const [head = ""] = host.split("::");
  const groups = head === "" ? [] : head.split(":").map((group) => Number.parseInt(group, 16));
  return (groups[0] ?? 0) * 0x10000 + (groups[1] ?? 0);
}

function within(address: number, network: number, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) === Math.floor(network / size);
}
