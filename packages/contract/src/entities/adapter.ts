import * as z from "zod";
import { instant, name, text } from "../primitives.ts";

/** Names a kind of agent: one of `adapterTypes`, or one that only a runner of the company offers. */
export const adapterType = z.string().regex(/^[a-z][a-z0-9_]{1,59}$/, "is not the name of an adapter");

export const adapterModel = z.object({ id: text(200), label: text(200) }).meta({ id: "AdapterModel" });

/** What an adapter can do; screens and the claim go by it, never by its name. */
export const adapterCapabilities = z
  .object({
    supportsLocalAgentJwt: z.boolean().describe("Its runs get a run token"),
    supportsInstructionsBundle: z.boolean(),
    instructionsPathKey: z.string().nullable(),
    requiresMaterializedRuntimeSkills: z.boolean().describe("Skills have to lie in files before it starts"),
    supportsSkills: z.boolean(),
    supportsSessions: z.boolean().describe("A later run of the same task goes on from the earlier one"),
    supportsToolApprovals: z.boolean().describe("It asks before a tool call, and the board answers"),
    supportsWorkspaces: z.boolean().describe("It works in a folder"),
    reportsCost: z.boolean(),
  })
  .meta({ id: "AdapterCapabilities" });

export const adapterInfo = z
  .object({
    type: adapterType,
    label: z.string(),
    place: z.enum(["edge", "runner"]),
    isExternal: z.boolean().describe("Only some runner of the company knows it"),
    models: z.array(adapterModel),
    capabilities: adapterCapabilities,
    configSchema: z.record(z.string(), z.unknown()).describe("JSON Schema of its configuration"),
  })
  .meta({ id: "Adapter" });

/** One finding of an environment test. `code` is stable; `warn` keeps nobody from saving. */
export const environmentCheck = z
  .object({
    level: z.enum(["error", "warn", "info"]),
    code: z.string().regex(/^[a-z0-9_]{1,80}$/),
    message: text(2000),
    hint: text(2000).optional(),
  })
  .meta({ id: "EnvironmentCheck" });

export const environmentReport = z
  .object({
    adapterType,
    status: z.enum(["pass", "warn", "fail"]),
    checks: z.array(environmentCheck).max(50),
    testedAt: instant,
    runnerId: z.uuid().nullable().describe("Whose machine was looked at"),
    runnerName: name().nullable(),
  })
  .meta({ id: "EnvironmentReport" });

export type AdapterInfo = z.infer<typeof adapterInfo>;
export type AdapterModel = z.infer<typeof adapterModel>;
export type AdapterCapabilities = z.infer<typeof adapterCapabilities>;
export type EnvironmentCheck = z.infer<typeof environmentCheck>;
export type EnvironmentReport = z.infer<typeof environmentReport>;
