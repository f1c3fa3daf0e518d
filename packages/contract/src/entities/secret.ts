import * as z from "zod";
import { secretStatuses } from "../enums.ts";
import { id, instant, text } from "../primitives.ts";

/** What a reference names: `${secret:key}`. */
export const secretKey = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,62}$/, "is not a key of letters, digits, _, . and - that starts with a letter");

/** A value shorter than this stands in texts by chance, so that it could not be masked. */
export const minSecretLength = 8;
/** A value as it is given; it is never given back. */
export const secretValue = text(32_000).min(minSecretLength);

/** A secret as people see it: everything but its value. */
export const secret = z
  .object({
    id,
    companyId: id,
    key: z.string().describe("What references in settings call it"),
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(secretStatuses),
    latestVersion: z.number().int(),
    keptVersions: z.number().int().describe("How many values are still stored, the latest included"),
    agentIds: z.array(id).describe("Whom it is for; every agent when empty"),
    projectIds: z.array(id).describe("In which projects it is given out; everywhere when empty"),
    referenceCount: z.number().int().describe("Agents, projects and routines whose settings name it"),
    lastResolvedAt: instant.nullable(),
    lastRotatedAt: instant.nullable(),
    createdByUserId: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Secret" });

/** One place whose settings name a secret. */
export const secretUse = z
  .object({
    entityType: z.enum(["agent", "project", "routine"]),
    entityId: id,
    name: z.string(),
    places: z.array(z.string()).describe("As in `adapterConfig.env.GITHUB_TOKEN`"),
  })
  .meta({ id: "SecretUse" });

/** One time that a value was given out. */
export const secretAccessEvent = z
  .object({
    id,
    companyId: id,
    secretId: id,
    secretVersion: z.number().int(),
    agentId: id.nullable(),
    agentName: z.string().nullable(),
    runId: id.nullable(),
    purpose: z.string().describe("`run`, or the call to the agent that it was for: `poll`, `cancel`, `test`"),
    createdAt: instant,
  })
  .meta({ id: "SecretAccessEvent" });

/** Names of variables that a run's own environment never lets anything set. */
const ownPrefix = /^(PAPERCLIP|BOARDROOM)_/i;
/** Environment of runs; a value may be, or hold, `${secret:key}`. */
export const environment = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, "is not the name of a variable")
      .refine((name) => !ownPrefix.test(name), "belongs to Boardroom"),
    text(20_000),
  )
  .refine((env) => Object.keys(env).length <= 100, "names more than 100 variables")
  .refine((env) => JSON.stringify(env).length <= 64_000, "is larger than 64 kB");

const reference = /\$\{secret:([A-Za-z][A-Za-z0-9_.-]{0,62})\}/g;
/** The keys of the secrets that a text refers to, in order. */
export const secretKeysIn = (value: string): string[] => Array.from(value.matchAll(reference), ([, key = ""]) => key);
/** A text with its references replaced. */
export const fillSecretReferences = (value: string, valueFor: (key: string) => string): string =>
  value.replaceAll(reference, (_, key: string) => valueFor(key));

export type Secret = z.infer<typeof secret>;
export type SecretUse = z.infer<typeof secretUse>;
export type SecretAccessEvent = z.infer<typeof secretAccessEvent>;
