import * as z from "zod";
import { cliFields, toolApprovalsField } from "../toolkit/config-fields.ts";

/** Arguments that would take the run out of the adapter's hands, or around the company's rules. */
const ownArgs = [
  "--json",
  "-s",
  "--sandbox",
  "-a",
  "--ask-for-approval",
  "--approve-for-me",
  "--dangerously-bypass-approvals-and-sandbox",
  "--dangerously-bypass-hook-trust",
  "--trust",
  "--ephemeral",
  "-C",
  "--cd",
  "--worktree",
  "sandbox_mode",
  "approval_policy",
  "approvals_reviewer",
  "default_permissions",
];

/** Settings of a `codex_local` agent. */
export const codexLocalConfig = z.strictObject({
  ...cliFields("codex", ownArgs),
  effort: z
    .enum(["minimal", "low", "medium", "high", "xhigh"])
    .optional()
    .meta({ title: "Effort", description: "How much it reasons; the program's own default when empty" }),
  sandbox: z
    .enum(["read-only", "workspace-write"])
    .default("workspace-write")
    .meta({ title: "Sandbox", description: "What its commands may write: nothing, or the working folder" }),
  networkAccess: z.boolean().default(true).meta({
    title: "Network",
    description: "Whether commands in a writable sandbox may use the network. Without it they can't call Boardroom",
  }),
  toolApprovals: toolApprovalsField,
  dangerouslyBypassApprovalsAndSandbox: z.boolean().default(false).meta({
    title: "No approvals and no sandbox",
    description:
      "Dangerous: every command runs unasked and unconfined, also those that rules would deny. Only on a machine without access to anything that matters",
  }),
});
