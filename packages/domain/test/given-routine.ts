import { createRoutine, createRoutineTrigger, fireDueRoutines, systemActor } from "@boardroom/domain";
import type { DomainDatabase, Tenant, TestCtx } from "./domain-database.ts";
import { addAgent, type TestAgent } from "./working-agents.ts";

type Fields = Omit<Parameters<typeof createRoutine>[1], "title"> & { title?: string };

export interface GivenRoutine extends Tenant {
  tenant: Tenant;
  agent: TestAgent;
  id: string;
  /** Boardroom itself in this company. */
  system: TestCtx;
}

/** A company with one agent and its routine. */
export async function givenRoutine(db: DomainDatabase, fields: Fields = {}): Promise<GivenRoutine> {
  const tenant = await db.newTenant();
  const agent = await addAgent(db.owner, tenant.companyId);
  const draft = { title: "Weekly report", assigneeAgentId: agent.id, ...fields };
  const { id } = await createRoutine(tenant.board, draft);
  return { ...tenant, tenant, agent, id, system: { ...tenant.board, actor: systemActor } };
}

/** A schedule of the routine whose next slot lies so many seconds back, as after ticks that didn't come. */
export async function givenSchedule(
  db: DomainDatabase,
  { board, id }: GivenRoutine,
  { cronExpression = "* * * * *", timezone = "UTC", from }: { cronExpression?: string; timezone?: string; from?: Date },
): Promise<string> {
  const { trigger } = await createRoutineTrigger(board, { id, kind: "schedule", cronExpression, timezone });
  if (from) {
    await db.owner.query("update routine_triggers set next_run_at = $2, is_slot = true where id = $1", [
      trigger.id,
      from.toISOString(),
    ]);
  }
  return trigger.id;
}

/** What the tick does for routines. */
export const fireDue = (db: DomainDatabase, ctx: TestCtx): Promise<number> =>
  fireDueRoutines(db.database.system("test"), (companyId) => ({
    ...ctx,
    actor: systemActor,
    db: db.database.tenant(companyId, "test"),
  }));
