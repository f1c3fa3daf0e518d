/** Closed value sets of the domain. The database's enums and the zod schemas are both made from these. */

export const companyStatuses = ["active", "paused", "archived"] as const;
export const memberRoles = ["owner", "admin", "operator", "viewer"] as const;
export const agentStatuses = [
  "active",
  "idle",
  "running",
  "paused",
  "error",
  "pending_approval",
  "terminated",
] as const;
/** Agents that Boardroom calls itself, over the network. */
export const edgeAdapterTypes = ["http", "openclaw_gateway", "a2a"] as const;
/** Agents that a runner starts on the machine it runs on. A runner may offer others beside these. */
export const runnerAdapterTypes = [
  "process",
  "claude_local",
  "codex_local",
  "cursor",
  "gemini_local",
  "opencode_local",
  "pi_local",
  "hermes_local",
] as const;
export const adapterTypes = [...edgeAdapterTypes, ...runnerAdapterTypes] as const;
export const contextModes = ["thin", "fat"] as const;
export const issueStatuses = ["backlog", "todo", "in_progress", "in_review", "done", "blocked", "cancelled"] as const;
export const issuePriorities = ["critical", "high", "medium", "low"] as const;
/** Orders of a list of issues: by when they were made, by when they last changed, by urgency. */
export const issueOrders = ["newest", "updated", "priority"] as const;
export const goalLevels = ["company", "team", "agent", "task"] as const;
export const goalStatuses = ["planned", "active", "achieved", "cancelled"] as const;
export const projectStatuses = ["backlog", "planned", "in_progress", "completed", "cancelled"] as const;
export const invocationSources = ["timer", "assignment", "on_demand", "automation"] as const;
/** Why an agent is woken. A caller of `agents.wakeup` may name a reason of its own. */
export const wakeReasons = [
  "timer",
  "run_now",
  "issue_assigned",
  "issue_status_changed",
  "issue_commented",
  "issue_mentioned",
  "issue_blockers_resolved",
  "issue_children_completed",
  "issue_stranded",
  "approval_decided",
  "interaction_resolved",
  "issue_blocked",
  "issue_escalated",
  "review_requested",
  "review_decided",
  "hold_released",
  "agent_resumed",
  "routine_fired",
  "plugin",
  "run_lost",
  "run_failed",
] as const;
export const wakeStatuses = ["open", "claimed", "done", "coalesced", "skipped"] as const;
export const runStatuses = ["queued", "running", "succeeded", "failed", "cancelled", "timed_out", "lost"] as const;
/** Kinds of failure by what helps: trying again, waiting for a quota, mending the configuration, nothing. */
export const errorFamilies = ["transient", "quota", "config", "permanent"] as const;
/** How a running run does: it advances, it has been silent for a while, or it is past its time. */
export const runLivenesses = ["advancing", "silent", "overdue"] as const;
export const approvalTypes = [
  "hire_agent",
  "approve_ceo_strategy",
  "budget_override_required",
  "request_board_approval",
] as const;
export const approvalStatuses = ["pending", "revision_requested", "approved", "rejected", "cancelled"] as const;
/** What waits for a person of the board, all in one queue. */
export const decisionKinds = [
  "approval",
  "interaction",
  "tool_approval",
  "budget_incident",
  "blocked_issue",
  "review",
] as const;
export const notificationChannels = ["email", "push"] as const;
/** `skipped`: it was answered before it was sent, or nobody is there to get it. */
export const notificationStatuses = ["pending", "sending", "sent", "skipped", "failed"] as const;
export const actorTypes = ["user", "agent", "system", "plugin", "runner"] as const;
export const budgetScopes = ["agent", "project"] as const;
/** What a budget stands over, the narrowest first: where several are used up, that one is named. */
export const budgetPolicyScopes = ["agent", "project", "company"] as const;
export const budgetWindows = ["day", "week", "month", "rolling", "lifetime"] as const;
export const budgetThresholds = ["alert", "stop"] as const;
export const budgetIncidentStatuses = ["open", "resolved", "dismissed"] as const;
/** What came of a budget incident; the last three came by themselves. */
export const budgetActions = [
  "raise_budget_and_resume",
  "keep_paused",
  "dismiss",
  "budget_changed",
  "window_ended",
  "stopped",
] as const;
/** How a cost is known. */
export const costBases = ["reported", "estimated", "unaccounted", "corrected"] as const;
export const routineStatuses = ["active", "paused", "archived"] as const;
/** What a routine does when it fires while an issue of it is still open. */
export const routineConcurrencyPolicies = ["coalesce_if_active", "always_enqueue", "skip_if_active"] as const;
/** What a routine does about the slots that it missed. */
export const routineCatchUpPolicies = ["skip_missed", "enqueue_missed_with_cap"] as const;
export const routineTriggerKinds = ["schedule", "webhook", "api"] as const;
export const routineSigningModes = ["bearer", "hmac_sha256", "github_hmac"] as const;
export const routineRunSources = ["schedule", "webhook", "api", "manual"] as const;
export const routineRunStatuses = ["issue_created", "coalesced", "skipped", "failed"] as const;

export const runnerStatuses = ["active", "draining", "revoked"] as const;
export const environmentTestStatuses = ["pending", "running", "done", "expired"] as const;
export const toolApprovalStatuses = ["pending", "allowed", "denied", "expired", "cancelled"] as const;
/** What a company's rule does with a tool call that it fits. */
export const toolEffects = ["allow", "ask", "deny"] as const;
export const projectWorkspaceKinds = ["folder", "repository"] as const;
/** Where a run works: in the folder itself, or in a worktree of its own. */
export const workspaceModes = ["shared", "worktree"] as const;
export const executionWorkspaceStatuses = [
  "preparing",
  "active",
  "finalizing",
  "finalized",
  "failed",
  "removed",
] as const;
export const workspaceOperationKinds = ["prepare", "execute", "finalize", "cleanup"] as const;
export const workspaceOperationStatuses = ["running", "succeeded", "failed"] as const;
/** When the worktree of a finished issue is removed: once the issue is closed, or never by itself. */
export const workspaceCleanupPolicies = ["on_issue_closed", "keep"] as const;
export const workProductKinds = ["branch", "commit", "diff", "link"] as const;
export const interactionKinds = [
  "request_confirmation",
  "suggest_tasks",
  "ask_user_questions",
  "request_checkbox_confirmation",
] as const;
/** What search can find. */
export const searchEntityTypes = ["issue", "comment", "document", "project", "goal", "agent"] as const;
export const interactionStatuses = ["pending", "accepted", "rejected", "answered", "cancelled", "expired"] as const;

/** What a hold does to an issue and all below it: nothing starts until it is released, or all of it is cancelled. */
export const treeHoldModes = ["pause", "cancel"] as const;
export const treeHoldStatuses = ["active", "released"] as const;
export const reviewStageKinds = ["review", "approval"] as const;
/** `active` is the stage whose reviewer is asked now; each time the issue enters review all begin anew. */
export const reviewStageStatuses = ["pending", "active", "approved", "changes_requested"] as const;
/** What shows that a criterion is met. */
export const evidenceKinds = ["comment", "work_product", "document", "attachment", "url"] as const;

export const joinRequestStatuses = ["pending", "approved", "rejected"] as const;
/** `claimed`: the command line has fetched its key. */
export const cliChallengeStatuses = ["pending", "approved", "cancelled", "claimed"] as const;

/** A disabled secret is given to nobody: runs that need it do not start. */
export const secretStatuses = ["active", "disabled"] as const;
/** `disabled`: by a person, or by Boardroom because nothing got through. */
export const webhookEndpointStatuses = ["active", "disabled"] as const;
/** `failed`: no attempt is left. */
export const webhookDeliveryStatuses = ["pending", "delivered", "failed"] as const;

export type CompanyStatus = (typeof companyStatuses)[number];
export type MemberRole = (typeof memberRoles)[number];
export type AgentStatus = (typeof agentStatuses)[number];
export type IssueStatus = (typeof issueStatuses)[number];
export type RunStatus = (typeof runStatuses)[number];
export type ErrorFamily = (typeof errorFamilies)[number];
export type RunLiveness = (typeof runLivenesses)[number];
export type WakeStatus = (typeof wakeStatuses)[number];
export type WakeReason = (typeof wakeReasons)[number];
export type InvocationSource = (typeof invocationSources)[number];
export type ActorType = (typeof actorTypes)[number];
export type ApprovalStatus = (typeof approvalStatuses)[number];
export type ApprovalType = (typeof approvalTypes)[number];
export type DecisionKind = (typeof decisionKinds)[number];
export type NotificationChannel = (typeof notificationChannels)[number];
export type BudgetPolicyScope = (typeof budgetPolicyScopes)[number];
export type BudgetWindow = (typeof budgetWindows)[number];
export type BudgetThreshold = (typeof budgetThresholds)[number];
export type CostBasis = (typeof costBases)[number];
export type RoutineStatus = (typeof routineStatuses)[number];
export type RoutineTriggerKind = (typeof routineTriggerKinds)[number];
export type RoutineSigningMode = (typeof routineSigningModes)[number];
export type RoutineRunSource = (typeof routineRunSources)[number];
export type RoutineRunStatus = (typeof routineRunStatuses)[number];
export type EdgeAdapterType = (typeof edgeAdapterTypes)[number];
export type RunnerAdapterType = (typeof runnerAdapterTypes)[number];
export type RunnerStatus = (typeof runnerStatuses)[number];
export type ToolEffect = (typeof toolEffects)[number];
export type ToolApprovalStatus = (typeof toolApprovalStatuses)[number];
export type WorkspaceMode = (typeof workspaceModes)[number];
export type ExecutionWorkspaceStatus = (typeof executionWorkspaceStatuses)[number];
export type WorkspaceOperationKind = (typeof workspaceOperationKinds)[number];
export type WorkProductKind = (typeof workProductKinds)[number];
export type TreeHoldMode = (typeof treeHoldModes)[number];
export type ReviewStageStatus = (typeof reviewStageStatuses)[number];
export type EvidenceKind = (typeof evidenceKinds)[number];
export type InteractionKind = (typeof interactionKinds)[number];
export type InteractionStatus = (typeof interactionStatuses)[number];
export type JoinRequestStatus = (typeof joinRequestStatuses)[number];
export type CliChallengeStatus = (typeof cliChallengeStatuses)[number];
export type SecretStatus = (typeof secretStatuses)[number];
export type WebhookDeliveryStatus = (typeof webhookDeliveryStatuses)[number];
