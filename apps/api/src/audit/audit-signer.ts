import type { AuditSignerPort } from "@boardroom/domain";
import { toBase64 } from "../base64.ts";
import { importSigningKey } from "../import-signing-key.ts";

/** Signs seals over activity logs with the Worker's signing key; what is signed begins with what it is for. */
export function createAuditSigner(signingKey: string): AuditSignerPort {
  const keys = importSigningKey(signingKey);
  return {
    sign: async (text) => {
      const { privateKey } = await keys;
      const signature = await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(text));
      return toBase64Url(new Uint8Array(signature));
    },
    publicKey: async () => (await keys).publicKey.x,
  };
}

const toBase64Url = (bytes: Uint8Array) => toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
