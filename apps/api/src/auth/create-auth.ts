import { schema } from "@boardroom/db";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { boardOrigins } from "../authenticate/origin.ts";
import type { ApiEnv, Mail } from "../env.ts";
import { describe } from "../map-error.ts";
import { resetPasswordMail, verifyEmailMail } from "./mails.ts";
import { closedPaths, refuseUsedCode, secondFactor } from "./second-factor.ts";
import { cookiePrefix, isSecure } from "./session-cookie.ts";

/** Answers a request below `/api/auth`. */
export type AuthHandler = (request: Request) => Promise<Response>;

const daySec = 24 * 60 * 60;

/** Identity of people: e-mail and password, second factor, sessions, verification and reset by mail. Made when first asked for. */
export function createAuth(env: ApiEnv): AuthHandler {
  let auth: { handler: AuthHandler } | null = null;
  return (request) => {
    auth ??= betterAuth(optionsOf(env));
    return auth.handler(request);
  };
}

function optionsOf(env: ApiEnv) {
  const send = (mail: Mail) => env.waitUntil(env.mailer.send(mail).catch((error: unknown) => reportMail(env, error)));
  const page = (path: string, token: string) => `${env.publicUrl}${path}?token=${encodeURIComponent(token)}`;
  const db = env.database.system("auth");
  return {
    appName: "Boardroom",
    baseURL: env.publicUrl,
    basePath: "/api/auth",
    secret: env.authSecret,
    trustedOrigins: boardOrigins(env.publicUrl),
    database: drizzleAdapter(db.build, {
      provider: "pg",
      schema: {
        user: schema.users,
        session: schema.sessions,
        account: schema.accounts,
        verification: schema.verifications,
        twoFactor: schema.secondFactors,
      },
    }),
    plugins: [secondFactor()],
    hooks: { after: refuseUsedCode(db) },
    session: { expiresIn: 30 * daySec, updateAge: daySec },
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: 60 * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }: MailFacts) =>
        send(resetPasswordMail(user, page("/reset-password", token))),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: daySec,
      sendVerificationEmail: async ({ user, token }: MailFacts) =>
        send(verifyEmailMail(user, page("/verify-email", token))),
    },
    // Counted in this isolate's memory: it slows guessing down, and costs nobody a request. A rule at the edge does the
    // rest. On one machine everybody shares an address, so there it would only hit the owner.
    rateLimit: { enabled: isSecure(env.publicUrl), storage: "memory" as const },
    advanced: {
      cookiePrefix,
      useSecureCookies: isSecure(env.publicUrl),
      defaultCookieAttributes: { sameSite: "lax" as const, httpOnly: true },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      backgroundTasks: { handler: (promise: Promise<unknown>) => env.waitUntil(promise) },
    },
    disabledPaths: ["/error", "/ok", "/sign-in/social", "/link-social", "/unlink-account", ...closedPaths],
    telemetry: { enabled: false },
    logger: {
      level: "error" as const,
      log: (_: string, message: string, ...args: unknown[]) =>
        env.log({ level: "warn", message: `auth: ${message}`, error: args.map(describe).join("\n") }),
    },
  };
}

interface MailFacts {
  user: { name: string; email: string };
  token: string;
}

function reportMail(env: ApiEnv, error: unknown): void {
  env.log({ level: "error", message: "a mail could not be sent", error: describe(error) });
}
