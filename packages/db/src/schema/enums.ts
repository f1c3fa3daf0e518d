import {
  actorTypes,
  agentStatuses,
  approvalStatuses,
  approvalTypes,
  budgetScopes,
  companyStatuses,
  contextModes,
  goalLevels,
  goalStatuses,
  invocationSources,
  issuePriorities,
  issueStatuses,
  memberRoles,
  projectStatuses,
  routineCatchUpPolicies,
  routineConcurrencyPolicies,
  routineRunSources,
  routineRunStatuses,
  routineSigningModes,
  routineStatuses,
  routineTriggerKinds,
  runStatuses,
  wakeStatuses,
} from "@boardroom/contract";
import { pgEnum } from "drizzle-orm/pg-core";

export const companyStatus = pgEnum("company_status", companyStatuses);
export const memberRole = pgEnum("member_role", memberRoles);
export const agentStatus = pgEnum("agent_status", agentStatuses);
export const contextMode = pgEnum("context_mode", contextModes);
export const issueStatus = pgEnum("issue_status", issueStatuses);
export const issuePriority = pgEnum("issue_priority", issuePriorities);
export const goalLevel = pgEnum("goal_level", goalLevels);
export const goalStatus = pgEnum("goal_status", goalStatuses);
export const projectStatus = pgEnum("project_status", projectStatuses);
export const invocationSource = pgEnum("invocation_source", invocationSources);
export const wakeStatus = pgEnum("wake_status", wakeStatuses);
export const runStatus = pgEnum("run_status", runStatuses);
export const approvalType = pgEnum("approval_type", approvalTypes);
export const approvalStatus = pgEnum("approval_status", approvalStatuses);
export const actorType = pgEnum("actor_type", actorTypes);
export const budgetScope = pgEnum("budget_scope", budgetScopes);
export const routineStatus = pgEnum("routine_status", routineStatuses);
export const routineConcurrencyPolicy = pgEnum("routine_concurrency_policy", routineConcurrencyPolicies);
export const routineCatchUpPolicy = pgEnum("routine_catch_up_policy", routineCatchUpPolicies);
export const routineTriggerKind = pgEnum("routine_trigger_kind", routineTriggerKinds);
export const routineSigningMode = pgEnum("routine_signing_mode", routineSigningModes);
export const routineRunSource = pgEnum("routine_run_source", routineRunSources);
export const routineRunStatus = pgEnum("routine_run_status", routineRunStatuses);
