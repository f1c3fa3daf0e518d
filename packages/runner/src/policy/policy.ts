import * as z from "zod";

const commandName = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const absolute = /^(\/|[A-Za-z]:[\\/])/;
const path = z.string().min(1).max(4000).regex(absolute, "is not an absolute path");

/** What a variable's name may be, with `*` for anything. */
const namePattern = z.string().regex(/^[A-Za-z_*][A-Za-z0-9_*]*$/, "is not a variable's name");

/**
 * What the owner of a machine lets the company do on it. Nothing that the server sends can widen it: jobs are held against
 * it, and what it doesn't name is refused.
 */
export const policySchema = z.strictObject({
  version: z.literal(1),
  /** Agents work and read below these, and below the runner's own folder. */
  allowedFolders: z.array(path).max(200).default([]),
  /** Programs by their name in PATH, or by absolute path. */
  allowedCommands: z
    .array(z.string().max(4000).refine(isCommand, "is neither a program's name nor an absolute path"))
    .max(200)
    .default([]),
  /** Variables of this machine that programs get. */
  envNames: z.array(namePattern).max(200).default(["PATH", "HOME", "USER", "LANG", "LC_*", "TERM", "SHELL", "TMPDIR"]),
  /** Variables that an agent's configuration may never set, beside those that are dangerous anyway. */
  deniedEnv: z.array(namePattern).max(200).default([]),
  /** Dangerous variables that an agent's configuration may set all the same. */
  allowedEnv: z.array(namePattern).max(200).default([]),
  maxSlots: z.number().int().min(1).max(64).default(2),
  maxRunMinutes: z.number().int().min(1).max(10_080).default(240),
  adapters: z
    .strictObject({
      /** Kinds of agent that the runner has by itself; null is every one whose program is allowed and found. */
      builtIn: z.array(z.string().max(60)).max(50).nullable().default(null),
      /** Packages that bring others: their name, or the absolute path of their main file. */
      external: z.array(z.string().min(1).max(4000)).max(50).default([]),
    })
    .prefault({}),
  allowWorktrees: z.boolean().default(true),
  /** Where worktrees are made; below the runner's own folder when null. */
  worktreeRoot: path.nullable().default(null),
  /** Repositories that may be cloned, by URL, with `*` for anything. */
  allowedRepositories: z.array(z.string().min(1).max(2000)).max(200).default([]),
  /** Worktrees without changes are removed when their issue is closed. */
  removesWorktrees: z.boolean().default(true),
});

export type Policy = z.output<typeof policySchema>;

function isCommand(value: string): boolean {
  return commandName.test(value) || (absolute.test(value) && !value.includes("\u0000"));
}
