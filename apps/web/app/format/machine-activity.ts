type Details = Record<string, unknown>;

/** What happens around machines, in the words of the log; `%` is the thing. */
export const machineSentences: Record<string, (details: Details) => string> = {
  "environment_test.requested": () => "tested the environment of an agent",
  "environment_test.reported": () => "told what it found in an agent's environment",
  "issue.interaction_requested": ({ prompt }) => `asked for a yes on %${said(prompt)}`,
  "issue.interaction_accepted": ({ prompt }) => `said yes on %${said(prompt)}`,
  "issue.interaction_rejected": ({ prompt }) => `said no on %${said(prompt)}`,
  "issue.interaction_answered": ({ prompt }) => `answered questions on %${said(prompt)}`,
  "issue.interaction_expired": ({ prompt }) => `let a question on % expire${said(prompt)}`,
  "issue.interaction_superseded": () => "overtook a question on %",
  "issue.interaction_cancelled": ({ prompt }) => `took a question on % back${said(prompt)}`,
  "issue.work_product_added": ({ title }) => `showed a work product of %${said(title)}`,
  "issue.work_products_added": () => "showed what came out of %",
  "issue.workspace_created": ({ branch, why }) => `made a workspace for %${said(branch)}${because(why)}`,
  "issue.workspace_handed_over": ({ branch }) => `went on in another agent's workspace for %${said(branch)}`,
  "issue.workspace_prepare_started": () => "began to prepare the workspace of %",
  "issue.workspace_prepare_succeeded": () => "prepared the workspace of %",
  "issue.workspace_prepare_failed": ({ message }) => `could not prepare the workspace of %${said(message)}`,
  "issue.workspace_execute_started": () => "began to work in the workspace of %",
  "issue.workspace_execute_succeeded": () => "worked in the workspace of %",
  "issue.workspace_execute_failed": ({ message }) => `broke off in the workspace of %${said(message)}`,
  "issue.workspace_finalize_started": () => "began to finalize the workspace of %",
  "issue.workspace_finalize_succeeded": () => "finalized the workspace of %",
  "issue.workspace_finalize_failed": ({ message }) => `could not finalize the workspace of %${said(message)}`,
  "issue.workspace_finalize_requested": ({ note }) => `had the workspace of % finalized again${said(note)}`,
  "issue.workspace_finalize_overridden": ({ note }) => `let % go on without a finalized workspace${said(note)}`,
  "issue.workspace_cleanup_succeeded": () => "removed the workspace of %",
  "issue.workspace_cleanup_failed": ({ message }) => `could not remove the workspace of %${said(message)}`,
  "issue.workspace_removed": () => "removed the workspace of %",
  "project.workspace_added": () => "added the workspace %",
  "project.workspace_removed": () => "took the workspace % away",
  "project.workspace_updated": () => "changed the workspace %",
  "runner.connected": () => "saw % come online",
  "runner.disconnected": () => "saw % go offline",
  "runner.registered": () => "took % in as a runner",
  "runner.reported": () => "told what % offers",
  "runner.revoked": () => "revoked %",
  "runner_code.created": () => "made a code to connect %",
  "runner_code.revoked": () => "withdrew the code for %",
  "skill.created": () => "wrote the skill %",
  "skill.deleted": () => "deleted the skill %",
  "skill.updated": () => "changed the skill %",
  "tool_approval.requested": (call) => `asked for %${nameCall(call)}`,
  "tool_approval.allowed": (call) => `allowed %${nameCall(call)}`,
  "tool_approval.denied": (call) => `denied %${nameCall(call)}`,
  "tool_approval.expired": (call) => `let % go unanswered${nameCall(call)}`,
  "tool_approval.cancelled": (call) => `took % back${nameCall(call)}`,
  "tool_rule.created": (rule) => `made %${nameRule(rule)}`,
  "tool_rule.deleted": (rule) => `deleted %${nameRule(rule)}`,
  "tool_rule.updated": (rule) => `changed %${nameRule(rule)}`,
};

/** Why it is another one than before. */
function because(why: unknown): string {
  return (typeof why === "string" ? reasons[why] : undefined) ?? "";
}

const reasons: Record<string, string> = {
  other_assignee: ", since the last one is another agent's",
  other_runner: ", since the last one is on another machine",
  other_setting: ", since its setting changed",
};

/** Steps of a workspace that its own block on the issue tells, with their times. */
export const isWorkspaceStep = (action: string): boolean =>
  /^issue\.(workspace_(prepare|execute|finalize)_(started|succeeded)|work_products?_added)$/.test(action);

function nameCall({ tool, summary }: Details): string {
  return said([tool, summary].filter((part) => typeof part === "string").join(" "));
}

function nameRule({ effect, tool, shape }: Details): string {
  return said([effect, tool, shape].filter((part) => typeof part === "string").join(" "));
}

/** What was said or is meant, in a few words. */
function said(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") return "";
  const line = text.trim().split("\n")[0] ?? "";
  return `: ${line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line}`;
}
