import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import { importHmacKey, issuer } from "../tokens.ts";

/** Where unsubscribe links lead, below the public URL. */
export const unsubscribePath = "/api/notifications/unsubscribe";

const audience = "boardroom-unsubscribe";
const claimsSchema = z.object({ companyId: z.uuid(), userId: z.string().min(1) });
type Claims = z.infer<typeof claimsSchema>;

/** Tokens that end mails to one person of one company, and can nothing else. They don't run out: old mails keep their link. */
export function createUnsubscribeTokens(jwtSecret: string) {
  const key = importHmacKey(jwtSecret);
  return {
    make: async (claims: Claims): Promise<string> =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .sign(await key),
    read: async (token: string): Promise<Claims | null> => {
      const jwt = await jwtVerify(token, await key, { issuer, audience, algorithms: ["HS256"] }).catch(() => null);
      return claimsSchema.safeParse(jwt?.payload).data ?? null;
    },
  };
}
