import { sha256Hex } from "../audit/sha256-hex.ts";

/** What a link or a command line proves itself with: 256 random bits, of which only the hash is kept. */
export async function newLinkToken(): Promise<{ token: string; hash: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const token = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return { token, hash: await sha256Hex(token) };
}

export const hashOfToken = (token: string): Promise<string> => sha256Hex(token);
