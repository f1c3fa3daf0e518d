import { type AgentTemplate, entryFile, runtimeConfig, type TemplateKey, templateKeys } from "@boardroom/contract";
import { ceo } from "./ceo.ts";
import { custom } from "./custom.ts";
import { designer } from "./designer.ts";
import { engineer } from "./engineer.ts";
import { marketer } from "./marketer.ts";
import { qa } from "./qa.ts";
import type { TemplateDraft } from "./template-draft.ts";

const drafts: Record<TemplateKey, TemplateDraft> = { ceo, engineer, designer, marketer, qa, custom };

export function findTemplate(key: TemplateKey): AgentTemplate {
  const { canCreateAgents, intervalSec, instructions, ...draft } = drafts[key];
  return {
    key,
    ...draft,
    permissions: { canCreateAgents },
    runtimeConfig: runtimeConfig.parse({ heartbeat: { enabled: true, intervalSec } }),
    instructions: [{ path: entryFile, content: instructions }],
  };
}

/** What each template tells its agents, for the statement that hires several. */
export const templateFiles = (): Record<string, AgentTemplate["instructions"]> =>
  Object.fromEntries(templateKeys.map((key) => [key, findTemplate(key).instructions]));

/** Ready starts for agents, in the order in which they are offered. */
export const listAgentTemplates = async (): Promise<AgentTemplate[]> => templateKeys.map(findTemplate);
