import { sha256Hex } from "../sha256.ts";

/** Crockford's: no I, L, O, U, which are read or typed as something else. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/**
 * A fresh code of 60 random bits in groups of four, as a person types it from a phone.
 * @example await newRunnerCode() // { code: "K7QF-2M9P-XW4T", hash: "…" }
 */
export async function newRunnerCode(): Promise<{ code: string; hash: string }> {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 32]).join("");
  return { code: digits.replace(/(.{4})(?=.)/g, "$1-"), hash: await sha256Hex(digits) };
}

/** The hash of a code however it was typed: small letters, O for 0, I and L for 1, with or without dashes. */
export const hashOfCode = (typed: string): Promise<string> =>
  sha256Hex(
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "")
      .replaceAll("O", "0")
      .replace(/[IL]/g, "1"),
  );
