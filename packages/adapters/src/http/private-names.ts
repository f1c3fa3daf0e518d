/** Ends of names that mean something only inside a network, or that the standards keep from ever being public. */
const privateSuffixes = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "lan",
  "corp",
  "home",
  "arpa",
  "svc",
  "onion",
  "alt",
  "test",
  "invalid",
  "fritz.box",
  "mshome.net",
];

/** What clouds call the service that hands out a machine's credentials, where the name isn't private by itself. */
const metadataNames = [
  "metadata.goog",
  "metadata.tencentyun.com",
  "metadata.packet.net",
  "metadata.platformequinix.com",
];

/** Services that resolve any name below them to the address in it, or to loopback: a name on them hides an address. */
const wildcardNames = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "xip.name",
  "ip6.name",
  "backname.io",
  "traefik.me",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "lacolhost.com",
  "localh.st",
  "local.gd",
  "yoogle.com",
  "ulh.us",
  "fuf.me",
  "127-0-0-1.org.uk",
  "1u.ms",
  "rbndr.us",
  "localtls.com",
  "my.local-ip.co",
  "local-ip.sh",
  "plex.direct",
  "burpcollaborator.net",
];

const refused = new Set([...privateSuffixes, ...metadataNames, ...wildcardNames]);

/** Whether a canonical host name, without a dot at its end, is one of the public internet as far as names can tell. */
export function isPublicName(name: string): boolean {
  const labels = name.split(".");
  if (labels.length < 2 || name.length > 253) return false;
  if (!labels.every((label) => label.length <= 63 && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label))) return false;
  // A top-level domain has a letter; one without is an address that no parser agrees on.
  if (!/[a-z]/.test(labels.at(-1) ?? "")) return false;
  return !labels.some((_, index) => refused.has(labels.slice(index).join(".")));
}
