/** Crockford's: no I, L, O, U, which are read or typed as something else. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A fresh code of 40 random bits, as a person compares and types it: `K7QF-2M9P`. */
export const newUserCode = (): string =>
  withDash(Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => alphabet[byte % 32]).join(""));

/** A code however it was typed: small letters, O for 0, I and L for 1, with or without the dash. */
export const readUserCode = (typed: string): string =>
  withDash(
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "")
      .replaceAll("O", "0")
      .replace(/[IL]/g, "1"),
  );

const withDash = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4)}`;
