import * as z from "zod";
import { budgetCents } from "../primitives.ts";
import { agentPermissions, runtimeConfig } from "./agent.ts";
import { instructionFile } from "./agent-config.ts";

export const templateKeys = ["ceo", "engineer", "designer", "marketer", "qa", "custom"] as const;
export const templateKey = z.enum(templateKeys);

/** A ready start for an agent: who it is, what it is told, what it may cost and how often it looks. */
export const agentTemplate = z
  .object({
    key: templateKey,
    label: z.string(),
    summary: z.string(),
    name: z.string().describe("A first name to start from"),
    role: z.string(),
    title: z.string(),
    icon: z.string().nullable(),
    capabilities: z.string(),
    budgetMonthlyCents: budgetCents,
    permissions: agentPermissions,
    runtimeConfig,
    instructions: z.array(instructionFile),
  })
  .meta({ id: "AgentTemplate" });

export type TemplateKey = z.infer<typeof templateKey>;
export type AgentTemplate = z.infer<typeof agentTemplate>;
