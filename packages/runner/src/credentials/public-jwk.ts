import * as z from "zod";

/** An Ed25519 public key as a JWK. */
export const publicJwk = z.looseObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });
