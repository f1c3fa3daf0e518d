import * as z from "zod";
import { cliFields } from "../toolkit/config-fields.ts";

/** Arguments that the adapter sets itself, or that would leave the run waiting or take its key from the settings. */
const ownArgs = [
  "-p",
  "--print",
  "--mode",
  "-c",
  "--continue",
  "-r",
  "--resume",
  "--session",
  "--session-id",
  "--fork",
  "--no-session",
  "--session-dir",
  "--export",
  "--api-key",
];

/** Settings of a `pi_local` agent. */
export const piLocalConfig = z.strictObject({
  ...cliFields("pi", ownArgs),
  provider: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "is not the name of a provider")
    .optional()
    .meta({
      title: "Provider",
      description: "Such as anthropic or openai; a model may also be written as provider/model",
    }),
  thinking: z
    .enum(["off", "minimal", "low", "medium", "high", "xhigh"])
    .optional()
    .meta({ title: "Thinking", description: "How much the model thinks; pi's own setting when empty" }),
  tools: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, "is not the name of a tool"))
    .max(50)
    .default([])
    .meta({ title: "Tools", description: "Only these, such as read, grep, find and ls; all of pi's tools when empty" }),
});
