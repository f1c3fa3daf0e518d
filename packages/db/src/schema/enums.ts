import {
  actorTypes,
  agentStatuses,
  approvalStatuses,
  approvalTypes,
  budgetActions,
  budgetIncidentStatuses,
  budgetPolicyScopes,
  budgetScopes,
  budgetThresholds,
  budgetWindows,
  cliChallengeStatuses,
  companyStatuses,
  contextModes,
  costBases,
  decisionKinds,
  environmentTestStatuses,
  executionWorkspaceStatuses,
  goalLevels,
  goalStatuses,
  interactionKinds,
  interactionStatuses,
  invocationSources,
  issuePriorities,
  issueStatuses,
  joinRequestStatuses,
  memberRoles,
  notificationChannels,
  notificationStatuses,
  projectStatuses,
  projectWorkspaceKinds,
  routineCatchUpPolicies,
  routineConcurrencyPolicies,
  routineRunSources,
  routineRunStatuses,
  routineSigningModes,
  routineStatuses,
  routineTriggerKinds,
  runnerStatuses,
  runStatuses,
  secretStatuses,
  toolApprovalStatuses,
  toolEffects,
  wakeStatuses,
  webhookDeliveryStatuses,
  webhookEndpointStatuses,
  workProductKinds,
  workspaceCleanupPolicies,
  workspaceModes,
  workspaceOperationKinds,
  workspaceOperationStatuses,
} from "@boardroom/contract/enums";
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
export const decisionKind = pgEnum("decision_kind", decisionKinds);
export const notificationChannel = pgEnum("notification_channel", notificationChannels);
export const notificationStatus = pgEnum("notification_status", notificationStatuses);
export const actorType = pgEnum("actor_type", actorTypes);
export const budgetScope = pgEnum("budget_scope", budgetScopes);
export const budgetPolicyScope = pgEnum("budget_policy_scope", budgetPolicyScopes);
export const budgetWindow = pgEnum("budget_window", budgetWindows);
export const budgetThreshold = pgEnum("budget_threshold", budgetThresholds);
export const budgetIncidentStatus = pgEnum("budget_incident_status", budgetIncidentStatuses);
export const budgetAction = pgEnum("budget_action", budgetActions);
export const costBasis = pgEnum("cost_basis", costBases);
export const routineStatus = pgEnum("routine_status", routineStatuses);
export const routineConcurrencyPolicy = pgEnum("routine_concurrency_policy", routineConcurrencyPolicies);
export const routineCatchUpPolicy = pgEnum("routine_catch_up_policy", routineCatchUpPolicies);
export const routineTriggerKind = pgEnum("routine_trigger_kind", routineTriggerKinds);
export const routineSigningMode = pgEnum("routine_signing_mode", routineSigningModes);
export const routineRunSource = pgEnum("routine_run_source", routineRunSources);
export const routineRunStatus = pgEnum("routine_run_status", routineRunStatuses);
export const runnerStatus = pgEnum("runner_status", runnerStatuses);
export const environmentTestStatus = pgEnum("environment_test_status", environmentTestStatuses);
export const toolApprovalStatus = pgEnum("tool_approval_status", toolApprovalStatuses);
export const toolEffect = pgEnum("tool_effect", toolEffects);
export const projectWorkspaceKind = pgEnum("project_workspace_kind", projectWorkspaceKinds);
export const workspaceMode = pgEnum("workspace_mode", workspaceModes);
export const executionWorkspaceStatus = pgEnum("execution_workspace_status", executionWorkspaceStatuses);
export const workspaceOperationKind = pgEnum("workspace_operation_kind", workspaceOperationKinds);
export const workspaceOperationStatus = pgEnum("workspace_operation_status", workspaceOperationStatuses);
export const workspaceCleanupPolicy = pgEnum("workspace_cleanup_policy", workspaceCleanupPolicies);
export const workProductKind = pgEnum("work_product_kind", workProductKinds);
export const interactionKind = pgEnum("interaction_kind", interactionKinds);
export const interactionStatus = pgEnum("interaction_status", interactionStatuses);
export const secretStatus = pgEnum("secret_status", secretStatuses);
export const joinRequestStatus = pgEnum("join_request_status", joinRequestStatuses);
export const cliChallengeStatus = pgEnum("cli_challenge_status", cliChallengeStatuses);
export const webhookEndpointStatus = pgEnum("webhook_endpoint_status", webhookEndpointStatuses);
export const webhookDeliveryStatus = pgEnum("webhook_delivery_status", webhookDeliveryStatuses);
