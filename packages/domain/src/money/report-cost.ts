import { BoardroomError, type CostEvent } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { instantValue } from "../instant-value.ts";
import { costParts } from "./cost-parts.ts";

type Input = Omit<InputOf<"costs.report">, "idempotencyKey">;
type Refusal = "lease_lost" | "agent" | "run" | "issue" | "project" | "goal" | "future";
type Outcome = Row<typeof schema.costEvents, { refusal: Refusal | null }>;

/**
 * Writes a cost into the ledger and counts it, once per id. What isn't said about issue, project, goal and billing code comes
 * from the run's issue. An agent reports only its own costs; from within a run they are that run's.
 * @throws BoardroomError forbidden, invalid_reference, lease_lost, idempotency_mismatch when the id is another event's
 */
export async function reportCost(
  ctx: Ctx,
  { idempotencyKey: _, ...input }: InputOf<"costs.report">,
): Promise<CostEvent> {
  if (ctx.actor.agentId && ctx.actor.agentId !== input.agentId) {
    throw new BoardroomError("forbidden", "An agent may report only its own costs.");
  }
  const { companyId } = ctx.db;
  const { with: parts, activity } = costParts(companyId, { updateRun: true });
  const { rows, replayed } = await mutate<typeof schema.costEvents, { refusal: Refusal | null }>(
    ctx,
    schema.costEvents,
    {
      with: { ...originParts(ctx, input), cost_input: costInput(ctx, input), ...parts },
      activity,
      select: sql`
        select e.*, judged.refusal from judged left join (
          select * from cost_added union all
          select k.* from cost_events k where k.company_id = ${companyId}::uuid and k.id = ${input.id ?? null}::uuid) e on true`,
    },
  );
  const event = found(rows[0], "company");
  if (event.id !== null) return replayed ? event : sameEvent(event, input);
  if (event.refusal) throw refusedCost(event.refusal);
  return sameEvent(await readEvent(ctx, input.id), input);
}

/** Where the cost belongs, and what stands against it. Agent and run are locked first, in the order of every cost. */
function originParts(ctx: Ctx, input: Input) {
  const { actor, db } = ctx;
  const runId = input.heartbeatRunId === undefined ? actor.runId : input.heartbeatRunId;
  const issue =
    input.issueId === undefined
      ? sql`coalesce(run.issue_id, (select i.id from issues i
          where i.company_id = run.company_id and i.checkout_run_id = run.id order by i.execution_locked_at desc limit 1))`
      : sql`${input.issueId}::uuid`;
  const missing = (table: string, id: string | null | undefined) => sql`${id ?? null}::uuid is not null and not exists (
    select 1 from ${sql.identifier(table)} x where x.company_id = ${db.companyId}::uuid and x.id = ${id ?? null}::uuid)`;
  return {
    agent: sql`select a.id from agents a where a.company_id = ${db.companyId}::uuid and a.id = ${input.agentId}::uuid for no key update`,
    run: sql`
      select r.company_id, r.id, r.issue_id from heartbeat_runs r join agent on r.agent_id = agent.id
      where r.company_id = ${db.companyId}::uuid and r.id = ${runId}::uuid for no key update of r`,
    judged: sql`
      select run.id as run_id, ${issue} as issue_id, case
          when not ${liveRunGuard(ctx)} then 'lease_lost'
          when agent.id is null then 'agent'
          when ${runId}::uuid is not null and run.id is null then 'run'
          when ${missing("issues", input.issueId)} then 'issue'
          when ${missing("projects", input.projectId)} then 'project'
          when ${missing("goals", input.goalId)} then 'goal'
          when ${instantValue(input.occurredAt)} > now() + interval '5 minutes' then 'future'
        end as refusal
      from (select 1) one left join agent on true left join run on true`,
  };
}

function costInput({ db }: Ctx, input: Input): SQL {
  const inherited = (value: string | null | undefined, column: SQL, type: SQL) =>
    value === undefined ? column : sql`${value}::${type}`;
  return sql`
    select coalesce(${input.id ?? null}::uuid, uuidv7()) as id, ${input.agentId}::uuid as agent_id, judged.issue_id,
      ${inherited(input.projectId, sql`i.project_id`, sql`uuid`)} as project_id,
      ${inherited(input.goalId, sql`i.goal_id`, sql`uuid`)} as goal_id, judged.run_id as heartbeat_run_id,
      ${inherited(input.billingCode, sql`i.billing_code`, sql`text`)} as billing_code,
      ${input.provider}::text as provider, ${input.biller ?? null}::text as biller, ${input.billingType ?? null}::text as billing_type,
      ${input.model}::text as model, ${input.inputTokens}::bigint as input_tokens,
      ${input.cachedInputTokens}::bigint as cached_input_tokens, ${input.outputTokens}::bigint as output_tokens,
      ${input.costCents}::numeric(20, 6) as cost_cents, coalesce(${instantValue(input.occurredAt)}, now()) as occurred_at
    from judged left join issues i on i.company_id = ${db.companyId}::uuid and i.id = judged.issue_id
    where judged.refusal is null`;
}

/** The same id at the same moment: the other call's event became visible only after this statement began. */
async function readEvent(ctx: Ctx, id: string | undefined): Promise<Row<typeof schema.costEvents>> {
  const [event] = await ctx.db.rows(
    schema.costEvents,
    sql`select * from cost_events where company_id = ${ctx.db.companyId}::uuid and id = ${id ?? null}::uuid`,
  );
  return found(event, "cost event");
}

/** An id that is in the ledger already must come with the same content. */
function sameEvent<E extends Row<typeof schema.costEvents>>(event: E, input: Input): E {
  const { occurredAt, costCents, ...stated } = input;
  const differs = Object.entries(stated).some(
    ([key, value]) => value !== undefined && event[key as keyof typeof stated] !== value,
  );
  const isSame =
    !differs &&
    Math.abs(event.costCents - costCents) < 0.000_001 &&
    (occurredAt === undefined || Date.parse(event.occurredAt) === Date.parse(occurredAt));
  if (isSame) return event;
  throw new BoardroomError("idempotency_mismatch", "This id is already another cost event's.");
}

function refusedCost(refusal: Exclude<Outcome["refusal"], null>): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  if (refusal === "future") return new BoardroomError("invalid_request", "occurredAt lies in the future.");
  const sentence =
    refusal === "run" ? "The run is not one of this agent's." : `The ${refusal} is not one of this company.`;
  return new BoardroomError("invalid_reference", sentence);
}
