import { type Connection, schema } from "@boardroom/db";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { and, eq, sql } from "drizzle-orm";

/** Codes of an authenticator app, and ten backup codes. Devices are never trusted: one that is lost would stay so. */
export const secondFactor = () =>
  twoFactor({
    issuer: "Boardroom",
    trustDeviceMaxAge: 0,
    backupCodeOptions: { customBackupCodesGenerate: () => Array.from({ length: 10 }, makeBackupCode) },
  });

/** 32 characters that nobody mixes up when typing them from paper. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** Fifty random bits, as `k7qf2-m9pxa`. */
function makeBackupCode(): string {
  const chars = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => alphabet[byte % alphabet.length]);
  return `${chars.slice(0, 5).join("")}-${chars.slice(5).join("")}`;
}

/** Codes are sent to nobody, and the key is shown only while it is set up. */
export const closedPaths = ["/two-factor/send-otp", "/two-factor/verify-otp", "/two-factor/get-totp-uri"];

const keptCodes = 3;

/**
 * A code is good for a minute and a half, so somebody who saw it typed could follow. Each lets in once: of two sign-ins
 * with the same one, the statement lets one write it down, and the session of the other ends before it is answered.
 */
export const refuseUsedCode = (db: Connection) =>
  createAuthMiddleware(async (ctx) => {
    const made = ctx.context.newSession;
    if (ctx.path !== "/two-factor/verify-totp" || !made) return;
    const { secondFactors } = schema;
    const code: string = ctx.body.code;
    const written = await db.build
      .update(secondFactors)
      .set({ usedCodes: sql`(array_prepend(${code}, ${secondFactors.usedCodes}))[1:${sql.raw(String(keptCodes))}]` })
      .where(and(eq(secondFactors.userId, made.user.id), sql`${code} <> all (${secondFactors.usedCodes})`))
      .returning({ id: secondFactors.id });
    if (written.length > 0) return;
    await ctx.context.internalAdapter.deleteSession(made.session.token);
    throw new APIError("UNAUTHORIZED", { code: "CODE_ALREADY_USED", message: "This code was used already" });
  });
