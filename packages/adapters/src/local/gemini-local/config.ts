import * as z from "zod";
import { cliFields } from "../toolkit/config-fields.ts";

/** Arguments that the adapter sets itself, or that would leave the run waiting for somebody at a terminal. */
const ownArgs = [
  "-p",
  "--prompt",
  "-i",
  "--prompt-interactive",
  "-o",
  "--output-format",
  "--raw-output",
  "-y",
  "--yolo",
  "--approval-mode",
  "-r",
  "--resume",
  "--session-id",
  "--session-file",
  "-w",
  "--worktree",
  "--acp",
  "--experimental-acp",
];

/** Settings of a `gemini_local` agent. */
export const geminiLocalConfig = z.strictObject({
  ...cliFields("gemini", ownArgs),
  approvalMode: z.enum(["yolo", "auto_edit", "plan"]).default("yolo").meta({
    title: "Tool calls",
    description:
      "yolo runs every tool call unasked, which calls of Boardroom's API by the shell need; auto_edit only changes files; plan only reads",
  }),
  sandbox: z
    .boolean()
    .default(false)
    .meta({ title: "Sandbox", description: "Runs its tools in Gemini CLI's own sandbox, which the machine must have" }),
});
