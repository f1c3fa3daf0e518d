import { BoardroomError, type ErrorCode, edgeAdapterTypes, isEdgeAdapter } from "@boardroom/contract";
import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { webhookSecretContext } from "../heartbeat/webhook-secret-context.ts";
import { keepRevision } from "./config-revision.ts";
import { followSchedule } from "./follow-schedule.ts";

/** A signing secret for an agent that may come into being, sealed for storing. */
export async function makeWebhookSecret(ctx: Ctx): Promise<{ plain: string; sealed: string }> {
  const plain = ctx.ports.secrets.newWebhookSecret();
  return { plain, sealed: await ctx.ports.secrets.seal(plain, webhookSecretContext(ctx.db.companyId)) };
}

/**
 * CTEs that make an agent of a complete draft: `hired` is the agent, empty when the draft's CTE is or when the manager has
 * left. What hiring directly and approving a hire share.
 * @param from a CTE with at most one row and a jsonb column `draft`
 */
export function hireParts(
  ctx: Pick<Ctx, "actor" | "db">,
  from: string,
  sealedSecret: string,
): Record<"manager" | "hired" | "instructed" | "first_config" | "sealed_secret" | "schedule" | "runtime_state", SQL> {
  const { companyId } = ctx.db;
  return {
    manager: sql`
      select a.status from ${sql.identifier(from)} source
      join agents a on a.company_id = ${companyId}::uuid and a.id = (source.draft ->> 'reportsTo')::uuid for share of a`,
    hired: sql`
      insert into agents (company_id, name, url_key, role, title, icon, reports_to, capabilities, adapter_type, adapter_config,
        runtime_config, context_mode, budget_monthly_cents, permissions, metadata, instructions_version)
      select ${companyId}::uuid, draft ->> 'name', draft ->> 'urlKey', draft ->> 'role', draft ->> 'title', draft ->> 'icon',
        (draft ->> 'reportsTo')::uuid, draft ->> 'capabilities', draft ->> 'adapterType', draft -> 'adapterConfig',
        draft -> 'runtimeConfig', (draft ->> 'contextMode')::context_mode, (draft ->> 'budgetMonthlyCents')::numeric,
        draft -> 'permissions', nullif(draft -> 'metadata', 'null'::jsonb),
        case when jsonb_array_length(draft -> 'instructions') > 0 then 1 end
      from ${sql.identifier(from)} where not exists (select 1 from manager where manager.status = 'terminated')
      returning *`,
    instructed: sql`
      insert into agent_instructions (company_id, agent_id, version, files, author_name)
      select hired.company_id, hired.id, 1, source.draft -> 'instructions', ${ctx.actor.name ?? ctx.actor.id}::text
      from hired, ${sql.identifier(from)} source where hired.instructions_version is not null`,
    first_config: keepRevision(ctx, { source: "hire", now: "hired" }),
    sealed_secret: sql`
      insert into agent_webhook_secrets (company_id, agent_id, sealed) select company_id, id, ${sealedSecret}::text from hired
      where ${takesWebhooks}`,
    schedule: followSchedule("hired"),
    runtime_state: sql`insert into agent_runtime_state (company_id, agent_id) select company_id, id from hired`,
  };
}

/** Agents that a runner starts are sent no webhook, so there is nothing to sign. Over the columns of an agent. */
export const takesWebhooks = sql.raw(`adapter_type in (${edgeAdapterTypes.map((type) => `'${type}'`).join(", ")})`);

/** The secret as it is shown to who hired the agent; null for one that is sent no webhook. */
export const shownSecret = (adapterType: string, plain: string): string | null =>
  isEdgeAdapter(adapterType) ? plain : null;

/** The audit row of a hire. */
export const hiredActivity: ActivityEntry = {
  from: "hired",
  action: "agent.hired",
  entityType: "agent",
  entityId: sql`id`,
  agentId: sql`id`,
  details: sql`jsonb_build_object('name', name, 'role', role, 'reportsTo', reports_to)`,
};

const hireRefusals = {
  archived: ["company_not_active", "The company is archived: nobody can be hired into it."],
  unsafe_url: ["unsafe_url", "The address of the agent can't be called from here any more. Ask for a revision."],
  name_taken: ["already_exists", "An agent of this name exists already. Choose another name."],
  no_manager: ["invalid_reference", "The manager is not an agent of this company."],
  no_issue: ["invalid_reference", "The issue is not one of this company."],
  manager_left: ["unusable_reference", "The manager was terminated. Choose another one."],
} as const satisfies Record<string, readonly [ErrorCode, string]>;
export type HireRefusal = keyof typeof hireRefusals;

/** Why no agent came of a draft. */
export function refusedHire(refusal: HireRefusal): BoardroomError {
  const [code, message] = hireRefusals[refusal];
  return new BoardroomError(code, message);
}
