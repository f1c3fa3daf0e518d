import { decodeJwt, errors, importJWK, jwtVerify } from "jose";
import * as z from "zod";

const claimsSchema = z.object({ iss: z.uuid(), companyId: z.uuid(), jti: z.string().min(8).max(200) });
/** Clocks of laptops; and how long an assertion may live. */
const clockToleranceSec = 60;
const longestLifeSec = 60;
const maxRemembered = 5000;

/** Whom an assertion names; nothing of it is proven. */
export function readAssertion(assertion: string): { companyId: string; runnerId: string } | null {
  try {
    const claims = claimsSchema.safeParse(decodeJwt(assertion)).data;
    return claims ? { companyId: claims.companyId, runnerId: claims.iss } : null;
  } catch {
    return null;
  }
}

/**
 * Verifies what a device signed with its own key. Each is taken once by an isolate; a second one that takes it gives the device
 * a token that it could have had anyway.
 * @param audience where Boardroom is reached
 */
export function createAssertionVerifier(audience: string) {
  const taken = new Set<string>();
  return async (assertion: string, publicKey: string): Promise<"proven" | "wrong" | "untimely"> => {
    const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: publicKey }, "EdDSA").catch(() => null);
    if (!key) return "wrong";
    const options = {
      audience,
      algorithms: ["EdDSA"],
      clockTolerance: clockToleranceSec,
      requiredClaims: ["exp", "iat"],
    };
    const verified = await jwtVerify(assertion, key, options).then(({ payload }) => payload, verdictOf);
    if (typeof verified === "string") return verified;
    const { iat, exp, jti } = timesSchema.parse(verified);
    if (exp - iat > longestLifeSec || iat > Date.now() / 1000 + clockToleranceSec) return "untimely";
    if (taken.has(jti)) return "untimely";
    remember(taken, jti);
    return "proven";
  };
}

/** What is only too old or too early was signed by the right one: that machine is told to look at its clock. */
function verdictOf(error: unknown): "wrong" | "untimely" {
  const isUntimely = error instanceof errors.JWTClaimValidationFailed && ["iat", "nbf", "exp"].includes(error.claim);
  return error instanceof errors.JWTExpired || isUntimely ? "untimely" : "wrong";
}

const timesSchema = z.object({ iat: z.number(), exp: z.number(), jti: z.string() });

/** Keeps the newest; a Set hands out its oldest entry first. */
function remember(taken: Set<string>, jti: string): void {
  const [oldest] = taken;
  if (taken.size >= maxRemembered && oldest !== undefined) taken.delete(oldest);
  taken.add(jti);
}
