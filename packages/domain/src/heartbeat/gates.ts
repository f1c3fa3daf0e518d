import { type SQL, sql } from "drizzle-orm";

/** The first day of the current month in UTC, as budgets count it. */
export const currentMonth = sql`date_trunc('month', now() at time zone 'utc')::date`;

/** What an agent spent this month, in cents. */
export const agentSpent = (companyId: SQL, agentId: SQL) => sql`coalesce((
  select b.spent_cents from budget_spend b
  where b.company_id = ${companyId} and b.scope = 'agent' and b.scope_id = ${agentId} and b.month = ${currentMonth}), 0)`;

/** What a company spent this month: the sum over its agents, so that no row is shared between them. */
export const companySpent = (companyId: SQL) => sql`coalesce((
  select sum(b.spent_cents) from budget_spend b
  where b.company_id = ${companyId} and b.scope = 'agent' and b.month = ${currentMonth}), 0)`;

/**
 * The budget that stands in the way of work of the agent `a` in a project, as JSON with its `reason`, or null: over all policies
 * that apply. `reserving` also counts what running runs have set aside; it then may answer `budget_reserved`, which only waits.
 */
export const budgetRoom = (projectId: SQL, { reserving = false } = {}) =>
  sql`budget_room(a.company_id, a.id, ${projectId}, ${reserving})`;

/** Why the state of agent `a` and company `c` stands against a wake or run, or null. */
export const stateRefusal = sql`case
  when c.status <> 'active' then 'company_' || c.status
  when a.status in ('paused', 'terminated', 'pending_approval', 'error')
    then case when a.status = 'paused' and a.pause_reason = 'budget' then 'budget_exhausted' else 'agent_' || a.status end
end`;

/**
 * Why an agent may not be woken or run now, or null: over the aliases `a` (agents) and `c` (companies). The same gate
 * stands before a wake is taken and before a run is claimed.
 * @param projectId of the work that it is for
 */
export const refusal = (projectId: SQL = sql`null::uuid`) =>
  sql<string | null>`coalesce(${stateRefusal}, ${budgetRoom(projectId)} ->> 'reason')`;

/** A sentence for each reason that a run or wake can be refused or skipped with. */
export const refusalSentences: Record<string, string> = {
  company_paused: "The company is paused.",
  company_archived: "The company is archived.",
  agent_paused: "The agent is paused. Resume it first.",
  agent_terminated: "The agent was terminated.",
  agent_pending_approval: "The agent still waits for the board's approval.",
  agent_error: "The agent is in error. Mend its endpoint and resume it.",
  budget_exhausted: "The agent's budget is used up. Raise it and resume the agent.",
  project_budget_exhausted: "The project's budget is used up. Raise it first.",
  company_budget_exhausted: "The company's budget is used up. Raise it first.",
  issue_closed: "The issue was done or cancelled before the agent was called.",
  issue_reassigned: "The issue was given to somebody else before the agent was called.",
  subtree_held: "The board paused the issue, or one above it.",
  subtree_cancelled: "The board cancelled the issue, or one above it.",
  issue_blocked: "The issue waits for other issues; the agent is woken when the last of them is done.",
  hop_limit: "Too many wakes in a row that agents caused among each other: the chain was cut off.",
  wake_on_demand_off: "The agent takes timer heartbeats only.",
  cancelled: "The run was cancelled.",
  no_work: "The timer found no open work, so the agent was not called.",
};
