import { randomBase62, toBase62 } from "./base62.ts";
import { crc32 } from "./crc32.ts";
import { sha256Hex } from "./sha256.ts";

export type KeyKind = "brb" | "bra";

const form = /^(brb|bra)_[0-9A-Za-z]{46}$/;
const checksumLength = 6;
/** As much of a key as may be shown to recognise it by. */
const prefixLength = 12;

/**
 * Makes a board key (`brb`) or an agent key (`bra`): 40 random digits and a checksum of all that stands before it.
 * The token is shown once; only its hash is stored.
 */
export async function newKey(kind: KeyKind): Promise<{ token: string; hash: string; prefix: string }> {
  const unchecked = `${kind}_${randomBase62(40)}`;
  const token = unchecked + checksumOf(unchecked);
  return { token, hash: await sha256Hex(token), prefix: token.slice(0, prefixLength) };
}

/** The kind of a well-formed key; null for what can't be one, so that junk is refused without asking the database. */
export function keyKind(token: string): KeyKind | null {
  const kind = form.exec(token)?.[1];
  const isIntact = checksumOf(token.slice(0, -checksumLength)) === token.slice(-checksumLength);
  return (kind === "brb" || kind === "bra") && isIntact ? kind : null;
}

const checksumOf = (text: string) => toBase62(crc32(text), checksumLength);
