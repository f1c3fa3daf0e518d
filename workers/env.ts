import type { DatabaseOptions } from "@boardroom/db";
import * as z from "zod";
import type { CompanyHub } from "./company-hub.ts";
import type { RunnerHub } from "./runner-hub.ts";

/** What wrangler.toml binds. Settings are text until `readSettings` has looked at them. */
export interface WorkerEnv {
  COMPANY_HUB: DurableObjectNamespace<CompanyHub>;
  RUNNER_HUB: DurableObjectNamespace<RunnerHub>;
  FILES: R2Bucket;
  /** Without these two nobody is held back. */
  KEY_LIMIT?: RateLimit;
  ADDRESS_LIMIT?: RateLimit;
}

const url = z.url({ protocol: /^https?$/ });
const longSecret = z.string().min(32, "needs at least 32 characters");

const databaseSettings = z.object({
  DATABASE_URL: z.string().startsWith("postgres"),
  SYSTEM_DATABASE_URL: z.string().startsWith("postgres"),
  /** Where SQL over HTTP is answered; Neon's own address when left out. */
  DATABASE_FETCH_ENDPOINT: url.optional(),
});

const settings = databaseSettings.extend({
  PUBLIC_URL: url.transform((value) => new URL(value).origin),
  AUTH_SECRET: longSecret,
  JWT_SECRET: longSecret,
  MASTER_KEY: z
    .string()
    .regex(/^([\w-]+:)?[A-Za-z0-9+/]{43}=(,|$)/, "has to be 32 bytes in base64")
    // A key without a name is the first one; once a second is needed, both get names.
    .transform((keys) => (keys.includes(":") ? keys : `k1:${keys}`)),
  SIGNING_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "has to be 32 bytes in base64"),
  QSTASH_URL: url,
  QSTASH_TOKEN: z.string().min(1),
  QSTASH_CURRENT_SIGNING_KEY: z.string().min(1),
  QSTASH_NEXT_SIGNING_KEY: z.string().min(1),
  /** Sign pushes to browsers; nobody can subscribe without both. */
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, "has to be 65 bytes in base64url")
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, "has to be 32 bytes in base64url")
    .optional(),
  MAIL_URL: url,
  MAIL_TOKEN: z.string().min(1),
  MAIL_FROM: z.string().min(3),
  /** Webhooks may go to http and loopback; only where Boardroom runs on one machine. */
  ALLOW_LOCAL_TARGETS: z.stringbool().default(false),
  /** A scripted agent that new companies may try; it is told the signing secret of each agent that it plays. */
  DEMO_AGENT_URL: url.optional(),
  /** Requests look after a cron trigger that is late; off only where a test fires it by itself. */
  WATCHDOG: z.stringbool().default(true),
});

export type Settings = z.output<typeof settings>;

/** @throws Error that names every missing or unusable setting */
export function readSettings(env: WorkerEnv): Settings {
  return read(settings, env);
}

/** The keys of pushes, where they are set up. */
export function readVapidKeys({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey }: Settings) {
  return publicKey && privateKey ? { publicKey, privateKey } : null;
}

export function readDatabaseOptions(env: WorkerEnv): DatabaseOptions {
  const { DATABASE_URL, SYSTEM_DATABASE_URL, DATABASE_FETCH_ENDPOINT } = read(databaseSettings, env);
  return { appUrl: DATABASE_URL, systemUrl: SYSTEM_DATABASE_URL, fetchEndpoint: DATABASE_FETCH_ENDPOINT };
}

function read<T extends z.ZodType>(schema: T, env: WorkerEnv): z.output<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`Settings are missing or unusable (see wrangler.toml). ${problems.join("; ")}`);
}
