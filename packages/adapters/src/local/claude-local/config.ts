import * as z from "zod";
import { cliFields, toolApprovalsField } from "../toolkit/config-fields.ts";

/** Arguments that would take the run out of the adapter's hands, or around the company's rules. */
const ownArgs = [
  "-p",
  "--print",
  "--output-format",
  "--input-format",
  "--permission-prompt-tool",
  "--permission-prompts",
  "--permission-mode",
  "--dangerously-skip-permissions",
  "--allow-dangerously-skip-permissions",
  "--settings",
  "--setting-sources",
  "-r",
  "--resume",
  "-c",
  "--continue",
  "--session-id",
  "--no-session-persistence",
  "--bg",
  "--background",
  "--cloud",
];

/** Settings of a `claude_local` agent. */
export const claudeLocalConfig = z.strictObject({
  ...cliFields("claude", ownArgs),
  effort: z
    .enum(["low", "medium", "high", "xhigh", "max"])
    .optional()
    .meta({ title: "Effort", description: "How much it thinks; the program's own default when empty" }),
  maxTurns: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ title: "Turns at most", description: "A run with more turns fails; its session stays" }),
  toolApprovals: toolApprovalsField,
  dangerouslySkipPermissions: z.boolean().default(false).meta({
    title: "Skip all permissions",
    description:
      "Dangerous: every tool call goes through unasked, also those that rules would deny. Only in a sandbox without access to anything that matters",
  }),
});
