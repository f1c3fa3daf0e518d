import * as z from "zod";
import { headersField } from "../edge/headers-field.ts";

/** Settings of an `openclaw_gateway` agent. Its credential is the agent's signing secret, which is not part of it. */
export const openclawGatewayConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .meta({
      title: "Hook URL",
      description: "The gateway's agent hook, such as https://gateway.example.com/hooks/agent",
    }),
  agentId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "is not the id of an OpenClaw agent")
    .optional()
    .meta({
      title: "OpenClaw agent",
      description: "Which agent of the gateway does the work; its default one when empty",
    }),
  sessionMode: z.enum(["isolated", "task"]).default("isolated").meta({
    title: "Session",
    description:
      "task keeps one session per Boardroom task; the gateway must set hooks.allowRequestSessionKey and allow the prefix hook:boardroom:",
  }),
  model: z
    .string()
    .max(200)
    .optional()
    .meta({ title: "Model", description: "Overrides the gateway's model, such as anthropic/claude-sonnet-4-5" }),
  thinking: z
    .enum(["off", "minimal", "low", "medium", "high"])
    .optional()
    .meta({ title: "Thinking", description: "How much the model thinks; the gateway's own setting when empty" }),
  runTimeoutSec: z
    .number()
    .int()
    .min(30)
    .max(86_400)
    .default(3600)
    .meta({ title: "Turn ends after (seconds)", description: "How long the gateway lets one turn take" }),
  timeoutSec: z.number().int().min(1).max(25).default(20).meta({
    title: "Answer within (seconds)",
    description: "How long the gateway's admission is awaited; it may take 15 s",
  }),
  headers: headersField,
});
