import * as z from "zod";
import { cliFields } from "../toolkit/config-fields.ts";

/** Arguments that the adapter sets itself, or that would take the run elsewhere. */
const ownArgs = [
  "-p",
  "--print",
  "--output-format",
  "--stream-partial-output",
  "--resume",
  "--continue",
  "-f",
  "--force",
  "--yolo",
  "--trust",
  "--mode",
  "--plan",
  "--sandbox",
  "-c",
  "--cloud",
  "-w",
  "--worktree",
  "--workspace",
  "--api-key",
  "-H",
  "--header",
];

/** Settings of a `cursor` agent. */
export const cursorConfig = z.strictObject({
  ...cliFields("cursor-agent", ownArgs),
  mode: z
    .enum(["agent", "plan", "ask"])
    .default("agent")
    .meta({ title: "Mode", description: "agent works; plan and ask only read" }),
  force: z.boolean().default(true).meta({
    title: "Run tool calls unasked",
    description: "Without it Cursor only proposes changes and refuses commands that its own permissions don't allow",
  }),
  sandbox: z
    .enum(["enabled", "disabled"])
    .optional()
    .meta({ title: "Sandbox", description: "Cursor's own sandbox for commands; its own setting when empty" }),
});
