import * as z from "zod";
import { id, instant, text } from "../primitives.ts";

/** The file of a bundle that an agent reads first. */
export const entryFile = "AGENTS.md";
export const maxInstructionFiles = 30;
/** Characters of all files of a bundle together. */
export const maxInstructionChars = 200_000;

/** A path inside a bundle: relative, with plain names, nothing that leads out of it. */
export const instructionPath = z
  .string()
  .max(200)
  .regex(/^(?!.*(^|\/)\.)(?!.*\/\/)[A-Za-z0-9_][A-Za-z0-9._/-]*[A-Za-z0-9_-]$/, "is not a path inside the bundle");

export const instructionFile = z
  .object({ path: instructionPath, content: text(100_000) })
  .meta({ id: "InstructionFile" });

/** The files of a bundle: `AGENTS.md` among them, no path twice, not too much to be read in each run. */
export const instructionFiles = z
  .array(instructionFile)
  .max(maxInstructionFiles)
  .refine((all) => all.length === 0 || all.some(({ path }) => path === entryFile), `holds no ${entryFile}`)
  .refine((all) => new Set(all.map(({ path }) => path.toLowerCase())).size === all.length, "names a file twice")
  .refine(
    (all) => all.reduce((sum, { content }) => sum + content.length, 0) <= maxInstructionChars,
    `is larger than ${maxInstructionChars / 1000} kB`,
  );

/** What an agent is told about itself: `AGENTS.md` and files beside it. Each change makes a new version. */
export const instructionsBundle = z
  .object({
    agentId: id,
    companyId: id,
    entryFile: z.literal(entryFile),
    version: z.number().int().nullable().describe("Null while nothing was written"),
    latestVersion: z.number().int().nullable(),
    files: z.array(instructionFile),
    authorName: z.string().nullable(),
    createdAt: instant.nullable(),
  })
  .meta({ id: "InstructionsBundle" });

export const configSources = [
  "hire",
  "baseline",
  "update",
  "permissions",
  "budget",
  "instructions",
  "rollback",
] as const;

/** One change of an agent's configuration: what it was, what it became, by whom. */
export const configRevision = z
  .object({
    id,
    companyId: id,
    agentId: id,
    source: z.enum(configSources),
    changedKeys: z.array(z.string()),
    beforeConfig: z.record(z.string(), z.unknown()),
    afterConfig: z.record(z.string(), z.unknown()),
    rolledBackFromRevisionId: id.nullable(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    createdByName: z.string(),
    createdAt: instant,
  })
  .meta({ id: "AgentConfigRevision" });

export type InstructionFile = z.infer<typeof instructionFile>;
export type InstructionsBundle = z.infer<typeof instructionsBundle>;
export type ConfigRevision = z.infer<typeof configRevision>;
