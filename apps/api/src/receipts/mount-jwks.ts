import { securityHeaders } from "../answer.ts";
import type { ApiEnv } from "../env.ts";
import { importSigningKey } from "../import-signing-key.ts";
import type { ApiRouter } from "../router.ts";

/** `GET /api/.well-known/jwks.json`: the public keys that verify receipts, for everybody. */
export function mountJwks(router: ApiRouter, { signingKey }: ApiEnv): void {
  const keys = importSigningKey(signingKey);
  router.get("/.well-known/jwks.json", async (c) => {
    const { publicKey } = await keys;
    const body = JSON.stringify({ keys: [{ ...publicKey, alg: "EdDSA", use: "sig" }] });
    const headers = { ...securityHeaders, "cache-control": "public, max-age=300", "x-request-id": c.get("requestId") };
    return new Response(body, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
  });
}
