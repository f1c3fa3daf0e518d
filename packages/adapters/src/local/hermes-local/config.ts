import * as z from "zod";
import { cliFields } from "../toolkit/config-fields.ts";

/** Arguments that the adapter sets itself, or that would take the run elsewhere. */
const ownArgs = [
  "-q",
  "--query",
  "--query-file",
  "-z",
  "-Q",
  "--quiet",
  "--oneshot",
  "--format",
  "-r",
  "--resume",
  "-c",
  "--continue",
  "--in",
  "-w",
  "--worktree",
  "--tui",
  "--yolo",
  "--source",
];

const name = (what: string) => z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, `is not the name of ${what}`);

/** Settings of a `hermes_local` agent. */
export const hermesLocalConfig = z.strictObject({
  ...cliFields("hermes", ownArgs),
  provider: name("a provider")
    .optional()
    .meta({ title: "Provider", description: "Such as nous, openrouter or anthropic; the profile's own when empty" }),
  profile: name("a profile")
    .optional()
    .meta({ title: "Profile", description: "Which of Hermes' profiles does the work: its memory, skills and keys" }),
  toolsets: z
    .array(name("a toolset"))
    .max(50)
    .default([])
    .meta({ title: "Toolsets", description: "Only these, such as terminal and skills; the profile's own when empty" }),
  outputFormat: z.enum(["quiet", "stream-json"]).default("quiet").meta({
    title: "Output",
    description: "stream-json shows each step and counts tokens; only newer versions have it (hermes chat --format)",
  }),
  dangerouslySkipApprovals: z.boolean().default(false).meta({
    title: "Skip approvals",
    description: "Dangerous: commands that Hermes itself would ask about run unasked. Off, they are refused",
  }),
});
