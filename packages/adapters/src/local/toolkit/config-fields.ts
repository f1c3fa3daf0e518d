import * as z from "zod";
import { templateVariables } from "./template.ts";

/** What an argument sets: `--model=x` sets --model; `-c a=b`, `-ca=b` and `--config=a=b` set a. */
const namesIn = (arg: string): string[] => {
  const [first = "", second = ""] = arg.split("=").map((part) => part.trim());
  return [first, first.replace(/^-c\s*/, ""), second];
};

/**
 * Fields that every program of a runner has.
 * @param command the program's usual name
 * @param ownArgs arguments that the adapter sets itself, or that would go around the rules: refused among the further ones
 */
export const programFields = (command: string, ownArgs: readonly string[] = []) => ({
  command: z.string().trim().min(1).max(1000).default(command).meta({
    title: "Command",
    description: "The program: a name in PATH or an absolute path. The runner's policy has to allow it",
  }),
  extraArgs: z
    .array(z.string().max(4000))
    .max(50)
    .refine((args) => !args.some((arg) => namesIn(arg).some((name) => ownArgs.includes(name))), {
      error: `may not hold ${ownArgs.join(", ")}: these are set by other fields`,
    })
    .default([])
    .meta({ title: "Further arguments", description: "Passed on as they are, one per line" }),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, "is not the name of a variable"), z.string().max(20_000))
    .default({})
    .meta({
      title: "Environment",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person is to type.
      description: "Variables for the program. For what is secret store a secret and refer to it: ${secret:key}",
    }),
  cwd: z
    .string()
    .max(1000)
    .regex(/^(?:\/|[A-Za-z]:[\\/])/, "is not an absolute path")
    .optional()
    .meta({
      title: "Folder",
      description: "Where it works when the task has no workspace: an absolute path that the runner's policy allows",
    }),
  timeoutSec: z.number().int().min(1).max(86_400).optional().meta({
    title: "Time limit (seconds)",
    description: "The program is ended after this time; the run's own limit when empty",
  }),
  graceSec: z
    .number()
    .int()
    .min(1)
    .max(120)
    .default(15)
    .meta({ title: "Grace (seconds)", description: "Between asking the program to end and ending it by force" }),
});

/** Fields of a coding CLI: those of a program, its model, and what it is told. */
export const cliFields = (command: string, ownArgs: readonly string[] = []) => ({
  ...programFields(command, ownArgs),
  model: modelField,
  promptTemplate: z
    .string()
    .max(50_000)
    .optional()
    .meta({
      title: "Prompt template",
      format: "textarea",
      description: `What it is told at each run, instead of the default. {{names}} that are filled in: ${templateVariables.join("; ")}`,
    }),
  instructionsFilePath: z.string().min(1).max(1000).optional().meta({
    title: "Instructions file",
    description: "A text file in the working folder, such as AGENTS.md, with the agent's standing instructions",
  }),
});

const modelField = z
  .string()
  .trim()
  .max(200)
  // It becomes an argument: nothing that the program would read as an option.
  .regex(/^(?!-)[^\s]*$/, "is not the name of a model")
  .optional()
  .meta({ title: "Model", description: "The program's own default when empty" });

export const toolApprovalsField = z.boolean().default(true).meta({
  title: "Ask before a tool call",
  description:
    "Company rules decide on each tool call, and the board where no rule does; plain calls of Boardroom's own API go through. Off: the program's own settings decide",
});
