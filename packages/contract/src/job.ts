import * as z from "zod";
import { adapterType } from "./entities/adapter.ts";
import { instructionFile } from "./entities/agent-config.ts";
import { skillFile, skillKey } from "./entities/skill.ts";
import { projectWorkspaceKinds, workspaceModes } from "./enums.ts";
import { id, instant } from "./primitives.ts";

/** Where a run works, as the claim says it; the runner's own policy has the last word. */
export const jobWorkspace = z.object({
  executionWorkspaceId: id,
  mode: z.enum(workspaceModes),
  kind: z.enum(projectWorkspaceKinds),
  /** Of the project's folder or clone; null lets the runner choose one below its own folder. */
  path: z.string().nullable(),
  repoUrl: z.string().nullable(),
  /** Where the branch starts; the checked-out one when null. */
  baseRef: z.string().nullable(),
  /** Of the worktree; null in a shared folder. */
  branch: z.string().nullable(),
  /** Where the last run of it worked on this machine; null at first. */
  cwd: z.string().nullable(),
});

/** One run, whole: everything that a runner needs to do it. */
export const runJob = z.object({
  kind: z.literal("run"),
  apiUrl: z.string(),
  company: z.object({ id, name: z.string() }),
  agent: z.object({ id, name: z.string(), urlKey: z.string(), role: z.string(), title: z.string().nullable() }),
  run: z.object({
    id,
    fence: z.number().int().positive(),
    attempt: z.number().int(),
    leaseExpiresAt: instant,
    leaseSeconds: z.number().int().positive(),
    deadlineAt: instant,
    wakeSource: z.string(),
    wakeReason: z.string(),
  }),
  task: z.object({ id, identifier: z.string(), title: z.string() }).nullable(),
  /** What the wake tells: commentId, approvalId, approvalStatus, issueIds, and with a fat context the task itself. */
  context: z.record(z.string(), z.unknown()),
  session: z.object({ id: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  adapter: z.object({ type: adapterType, config: z.record(z.string(), z.unknown()) }),
  workspace: jobWorkspace.nullable(),
  runToken: z.string(),
  /** Only ever given to the process, as its environment. */
  secrets: z.record(z.string(), z.string()),
  skills: z.array(z.object({ key: skillKey, files: z.array(skillFile) })),
  /** What the agent is told about itself: `AGENTS.md` and files beside it. */
  instructions: z.array(instructionFile).optional(),
});

/** A look at whether an adapter would work on this machine. */
export const environmentTestJob = z.object({
  kind: z.literal("environment_test"),
  testId: id,
  adapter: z.object({ type: adapterType, config: z.record(z.string(), z.unknown()) }),
});

export const runnerJob = z.discriminatedUnion("kind", [runJob, environmentTestJob]);

/** The payload of a job's compact JWS (EdDSA, signed with the key that the runner pinned when it registered). */
export const signedJobClaims = z.object({
  iss: z.string(),
  /** The runner's id: a job for another runner is refused. */
  aud: id,
  /** `<run>:<fence>` or the test's id: the same one is never started twice. */
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  job: runnerJob,
});

/** What RunnerHub says over the socket or the long poll. It names work, never describes it: that comes by the claim alone. */
export const runnerHint = z.discriminatedUnion("type", [
  z.object({ type: z.literal("work") }),
  z.object({ type: z.literal("cancel"), runId: id }),
  z.object({ type: z.literal("decision"), toolApprovalId: id, runId: id }),
  z.object({ type: z.literal("revoked") }),
]);

export type JobWorkspace = z.infer<typeof jobWorkspace>;
export type RunJob = z.infer<typeof runJob>;
export type EnvironmentTestJob = z.infer<typeof environmentTestJob>;
export type RunnerJob = z.infer<typeof runnerJob>;
export type SignedJobClaims = z.infer<typeof signedJobClaims>;
export type RunnerHint = z.infer<typeof runnerHint>;
