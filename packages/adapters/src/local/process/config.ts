import * as z from "zod";
import { programFields } from "../toolkit/config-fields.ts";
import { templateVariables } from "../toolkit/template.ts";

const { command, extraArgs: _, ...fields } = programFields("");

/** Settings of a `process` agent. */
export const processConfig = z.strictObject({
  command: command.unwrap().meta({
    title: "Command",
    description: "The program: a name in PATH or an absolute path. The runner's policy has to allow it",
  }),
  args: z
    .array(z.string().max(4000))
    .max(100)
    .default([])
    .meta({ title: "Arguments", description: "As the program gets them, one per line; no shell reads them" }),
  stdin: z
    .string()
    .max(50_000)
    .optional()
    .meta({
      title: "Standard input",
      format: "textarea",
      description: `What the program reads; nothing when empty. {{names}} that are filled in: ${templateVariables.join("; ")}`,
    }),
  ...fields,
});
