import { BoardroomError, isPlanLike, type PlanAgent, plan, runtimeConfig } from "@boardroom/contract";
import { urlKeyOf, usableConfig } from "../agents/agent-draft.ts";
import type { Ctx } from "../context.ts";
import { findTemplate } from "../templates/index.ts";

/**
 * A strategy's payload as it is kept: a plan with every draft filled in from its template, or words as they are.
 * @throws BoardroomError invalid_plan with the paths of what is wrong
 */
export async function completePlan(
  ctx: Ctx,
  payload: Record<string, unknown>,
  { hasProposer = ctx.actor.agentId !== null }: { hasProposer?: boolean } = {},
): Promise<Record<string, unknown>> {
  if (!isPlanLike(payload)) return payload;
  const parsed = plan.safeParse(payload);
  if (!parsed.success) {
    throw invalidPlan(parsed.error.issues.map(({ path, message }) => ({ path: spellPath(path), message })));
  }
  const agents: PlanAgent[] = [];
  for (const [at, agent] of parsed.data.agents.entries())
    agents.push(await completeAgent(ctx, agent, { path: `agents[${at}].draft`, hasProposer }));
  return { ...parsed.data, agents };
}

interface Place {
  path: string;
  /** Whether an agent proposes it, so that others can run as it does. */
  hasProposer: boolean;
}

async function completeAgent(ctx: Ctx, agent: PlanAgent, { path, hasProposer }: Place): Promise<PlanAgent> {
  const { draft } = agent;
  // What has no kind of its own runs as its proposer does: people don't run.
  if (!draft.adapterType && !hasProposer) {
    throw invalidPlan([
      { path: `${path}.adapterType`, message: "is needed: there is no agent that it could run like" },
    ]);
  }
  const usual = agent.template ? findTemplate(agent.template) : null;
  const own = draft.adapterType
    ? {
        adapterType: draft.adapterType,
        adapterConfig: await configAt(ctx, draft.adapterType, draft.adapterConfig, path),
      }
    : { adapterType: null, adapterConfig: null };
  return {
    ...agent,
    draft: {
      name: draft.name,
      urlKey: urlKeyOf(draft.name),
      role: draft.role ?? usual?.role ?? "general",
      title: draft.title ?? usual?.title ?? null,
      icon: draft.icon ?? usual?.icon ?? null,
      capabilities: draft.capabilities ?? usual?.capabilities ?? null,
      runtimeConfig: draft.runtimeConfig ?? usual?.runtimeConfig ?? runtimeConfig.parse({}),
      contextMode: draft.contextMode ?? null,
      budgetMonthlyCents:
        draft.budgetMonthlyCents === undefined ? (usual?.budgetMonthlyCents ?? null) : draft.budgetMonthlyCents,
      permissions: draft.permissions ?? usual?.permissions ?? { canCreateAgents: false },
      metadata: draft.metadata ?? null,
      instructions: draft.instructions ?? null,
      ...own,
    },
  };
}

/** A configuration as its adapter takes it; what is wrong with it is said with the place in the plan. */
async function configAt(
  ctx: Ctx,
  adapterType: string,
  config: Record<string, unknown> | null | undefined,
  path: string,
) {
  try {
    return await usableConfig(ctx, adapterType, config ?? {});
  } catch (error) {
    if (!(error instanceof BoardroomError)) throw error;
    throw invalidPlan([{ path: `${path}.adapterConfig`, message: error.message }]);
  }
}

interface PlanProblem {
  path: string;
  message: string;
}

function invalidPlan(issues: PlanProblem[]): BoardroomError {
  const [first] = issues;
  const told = `${first?.path ?? "payload"}: ${first?.message ?? "is not valid"}`;
  return new BoardroomError("invalid_plan", `${told.replace(/\.$/, "")}.`, { issues });
}

/** `agents[2].reportsToKey`. */
function spellPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return parts.join("").replace(/^\./, "") || "payload";
}
