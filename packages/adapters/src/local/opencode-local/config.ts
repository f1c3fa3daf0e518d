import * as z from "zod";
import { cliFields } from "../toolkit/config-fields.ts";

/** Arguments that the adapter sets itself, or that would take the run elsewhere. */
const ownArgs = [
  "--format",
  "-s",
  "--session",
  "-c",
  "--continue",
  "--fork",
  "--share",
  "--attach",
  "--dir",
  "-i",
  "--interactive",
  "--auto",
  "--command",
];

/** Settings of an `opencode_local` agent. */
export const opencodeLocalConfig = z.strictObject({
  ...cliFields("opencode", ownArgs),
  model: z
    .string()
    .trim()
    .max(200)
    .regex(/^[A-Za-z0-9][^\s/]*\/[^\s]+$/, "is not of the form provider/model")
    .optional()
    .meta({
      title: "Model",
      description: "As provider/model, such as anthropic/claude-sonnet-4-5; OpenCode's own default when empty",
    }),
  agent: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "is not the name of an OpenCode agent")
    .optional()
    .meta({ title: "OpenCode agent", description: "Which of OpenCode's agents does the work; build when empty" }),
  variant: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/, "is not the name of a variant")
    .optional()
    .meta({ title: "Variant", description: "How much the model thinks, as the provider calls it, such as high" }),
  dangerouslyAutoApprove: z.boolean().default(false).meta({
    title: "Approve everything",
    description:
      "Dangerous: also what OpenCode's own permissions ask about goes through. Off, what would be asked is refused",
  }),
});
