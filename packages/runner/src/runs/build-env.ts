import type { RunJob } from "@boardroom/contract";
import { jobEnv, machineEnv } from "../policy/filter-env.ts";
import type { Policy } from "../policy/policy.ts";

export interface EnvSources {
  job: RunJob;
  policy: Policy;
  /** Of the runner itself. */
  machine: NodeJS.ProcessEnv;
  apiUrl: string;
  apiKey: string;
  workspace: { cwd: string; branch: string | null; repoUrl: string | null } | null;
}

/**
 * The environment of a run's programs: what the policy passes on from this machine, what the agent's configuration and its
 * secrets set and may set, and the run itself, which nothing can overwrite.
 */
export function buildEnv({ job, policy, machine, apiUrl, apiKey, workspace }: EnvSources): {
  env: Record<string, string>;
  refused: string[];
} {
  const configured = job.adapter.config.env;
  const given = { ...(isRecord(configured) && configured), ...job.secrets };
  const { env, refused } = jobEnv(policy, given);
  const { context } = job;
  const issueIds = Array.isArray(context.issueIds) ? context.issueIds.filter((id) => typeof id === "string") : [];
  const ofRun: Record<string, string | null> = {
    PAPERCLIP_API_URL: apiUrl,
    PAPERCLIP_API_KEY: apiKey,
    PAPERCLIP_COMPANY_ID: job.company.id,
    PAPERCLIP_AGENT_ID: job.agent.id,
    PAPERCLIP_RUN_ID: job.run.id,
    PAPERCLIP_TASK_ID: job.task?.id ?? null,
    PAPERCLIP_WAKE_REASON: job.run.wakeReason,
    PAPERCLIP_WAKE_COMMENT_ID: textOf(context.commentId),
    PAPERCLIP_APPROVAL_ID: textOf(context.approvalId),
    PAPERCLIP_APPROVAL_STATUS: textOf(context.approvalStatus),
    PAPERCLIP_LINKED_ISSUE_IDS: issueIds.length > 0 ? issueIds.join(",") : null,
    PAPERCLIP_WORKSPACE_CWD: workspace?.cwd ?? null,
    PAPERCLIP_WORKSPACE_BRANCH: workspace?.branch ?? null,
    PAPERCLIP_WORKSPACE_REPO_URL: workspace?.repoUrl ?? null,
  };
  return { env: { ...machineEnv(policy, machine), ...env, ...dropEmpty(ofRun) }, refused };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** A variable can't hold NUL; what has none stays unset. */
const dropEmpty = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value.replaceAll("\u0000", "")]])),
  );
