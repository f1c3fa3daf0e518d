import type { ReceiptSignerPort } from "@boardroom/domain";
import { CompactSign } from "jose";
import { importSigningKey } from "../import-signing-key.ts";

/** What tells a receipt from everything else that the same key signs. */
export const receiptType = "boardroom-receipt+jwt";

/** Signs receipts as compact JWS. EdDSA is deterministic: the same claims give the same text. */
export function createReceiptSigner(signingKey: string): ReceiptSignerPort {
  const keys = importSigningKey(signingKey);
  return {
    sign: async (claims) => {
      const { privateKey, publicKey } = await keys;
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: "EdDSA", typ: receiptType, kid: publicKey.kid })
        .sign(privateKey);
    },
  };
}
