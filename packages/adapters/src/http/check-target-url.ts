import { isLoopback, isPrivateAddress } from "./private-address.ts";
import { isPublicName } from "./private-names.ts";

export interface TargetPolicy {
  /** Loopback targets are allowed, over http and at any port; only where Boardroom runs on one machine. */
  allowLocal: boolean;
}

/** Longer than any webhook's address; what is longer is there to confuse. */
const maxLength = 2048;

/**
 * Says why a webhook may not go to a URL, or null when it may: public https at port 443, with the host written as it is.
 * It judges names and addresses, not what a name resolves to; that is up to the network that the request leaves from.
 * @example checkTargetUrl("https://10.0.0.8/hook", { allowLocal: false }) // "The address 10.0.0.8 is not a public one."
 */
export function checkTargetUrl(text: string, { allowLocal }: TargetPolicy): string | null {
  if (text.length > maxLength) return `The URL is longer than ${maxLength} characters.`;
  // What the URL parser would silently drop, and what a database could not store.
  if (/[\p{Cc}\p{Cs}\s\\]/u.test(text)) return "The URL contains spaces or characters that don't belong there.";
  const url = parse(text);
  if (!url) return "This is not a URL.";
  if (url.username !== "" || url.password !== "")
    return "Credentials don't belong into the URL; the webhook is signed.";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "The URL must start with https://.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (hostAsWritten(text) !== url.hostname) return `Write the host as ${url.hostname}.`;
  if (isLoopback(host)) return allowLocal ? null : "The URL points at this machine itself, not at a public one.";
  if (url.protocol !== "https:") return "The URL must start with https://.";
  if (url.port !== "") return "Only port 443 is allowed.";
  return checkHost(host);
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function checkHost(host: string): string | null {
  if (isPrivateAddress(host)) return `The address ${host} is not a public one.`;
  const isAddress = host.includes(":") || /^[0-9]+(\.[0-9]+){3}$/.test(host);
  if (isAddress) return null;
  return isPublicName(host.replace(/\.$/, "")) ? null : `The host ${host} is not a public one.`;
}

/** The host before the parser made it canonical: 0x7f.1 and 2130706433 are ways to hide an address. */
function hostAsWritten(text: string): string | undefined {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1];
  return authority?.replace(/:[0-9]*$/, "").toLowerCase();
}
