import * as z from "zod";
import { headersField } from "../edge/headers-field.ts";

/** Settings of an `a2a` agent. Its credential is the agent's signing secret, which is not part of it. */
export const a2aConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .meta({
      title: "Agent URL",
      description:
        "Of the agent card, or what /.well-known/agent-card.json is below, such as https://agents.example.com/writer",
    }),
  authentication: z.enum(["signature", "bearer", "api_key", "none"]).default("signature").meta({
    title: "Authentication",
    description:
      "How the agent's signing secret proves who calls: a Standard Webhooks signature, or sent as bearer token or API key",
  }),
  apiKeyHeader: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "is not the name of a header")
    .default("X-API-Key")
    .meta({ title: "API key header", description: "Where the secret goes with the authentication api_key" }),
  shareRunToken: z.boolean().default(false).meta({
    title: "Give it the run token",
    description:
      "Sends the run's token and API address in the message's metadata: only to agents that work with Boardroom themselves",
  }),
  timeoutSec: z
    .number()
    .int()
    .min(1)
    .max(25)
    .default(20)
    .meta({ title: "Answer within (seconds)", description: "How long one call to the agent may take" }),
  headers: headersField,
});

export type A2aConfig = z.infer<typeof a2aConfig>;
