import * as z from "zod";
import { adapterType, environmentCheck } from "../entities/adapter.ts";
import {
  createdRunnerCode,
  offeredAdapter,
  runner,
  runnerCode,
  runnerHost,
  runnerLabels,
  runnerWait,
} from "../entities/runner.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, idParams, instant, name, pageQuery, text } from "../primitives.ts";

const tag = "Runners";
const everyone = ["user", "agent", "run"] as const;
const admins = { callers: ["user"], role: "admin", tag } as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams } as const;
const ofRunner = { locate: { by: "runner", param: "id" }, params: idParams } as const;
/** What only a machine with its own token calls. */
const byRunner = { callers: ["runner"], locate: { by: "actor" }, effect: "write", tag, method: "POST" } as const;
/** What a device calls before it has a token. */
const byDevice = { callers: ["public"], locate: { by: "actor" }, effect: "write", tag, method: "POST" } as const;

const slots = z.number().int().min(1).max(64).describe("Runs at a time");
const agentIds = z.array(id).min(1).max(100).nullable().describe("The agents it may run; null is every one");
const adapters = z.array(offeredAdapter).max(50);
/** The `x` of an Ed25519 JWK: 32 bytes in base64url. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not the public key of a device");
const serverKey = z
  .object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: publicKey, kid: z.string() })
  .meta({ id: "ServerKey" });
const executedRun = { runId: id, fence: z.number().int().positive() };
const maxRuns = 200;

export const runnerOperations = {
  "runnerCodes.list": operation({
    ...inCompany,
    callers: ["user"],
    tag,
    method: "GET",
    path: "/companies/:cid/runner-codes",
    summary: "Codes that may still be used, and those that were",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(runnerCode),
    status: 200,
    paged: true,
  }),
  "runnerCodes.create": operation({
    ...inCompany,
    ...admins,
    method: "POST",
    path: "/companies/:cid/runner-codes",
    summary: "Make a code that turns one machine into a runner; it is shown this once and works for an hour",
    effect: "write",
    body: z.strictObject({
      name: name(80).nullable().optional().describe("What the runner is called; its host's name when left out"),
      labels: runnerLabels.optional(),
      agentIds: agentIds.optional(),
      idempotencyKey,
    }),
    output: createdRunnerCode,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "company_not_active"],
  }),
  "runnerCodes.revoke": operation({
    ...admins,
    locate: { by: "runnerCode", param: "id" },
    params: idParams,
    method: "DELETE",
    path: "/runner-codes/:id",
    summary: "Make a code that nobody has used worthless",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "runners.register": operation({
    ...byDevice,
    path: "/runners/register",
    summary: "Become a runner by a code; the answer's key is the one to pin, jobs are signed with it",
    body: z.strictObject({
      code: z.string().max(40),
      publicKey,
      name: name(80).nullable().optional(),
      host: runnerHost,
      adapters: adapters.default([]),
      slots: slots.default(1),
    }),
    output: z
      .object({ runnerId: id, companyId: id, companyName: z.string(), name: z.string(), apiUrl: z.string(), serverKey })
      .meta({ id: "RunnerRegistration" }),
    status: 201,
    errors: ["not_found", "rate_limited"],
  }),
  "runners.token": operation({
    ...byDevice,
    path: "/runners/token",
    summary: "Exchange a JWT signed with the device key for a token of one hour",
    body: z.strictObject({
      assertion: z
        .string()
        .max(4000)
        .describe(
          "EdDSA; iss: the runner's id, companyId, aud: where Boardroom is reached, iat, exp at most 60 s later, jti",
        ),
    }),
    output: z.object({ token: z.string(), expiresAt: instant, runner }).meta({ id: "RunnerToken" }),
    status: 200,
    errors: ["unauthenticated", "forbidden", "rate_limited"],
  }),
  "runners.claim": operation({
    ...byRunner,
    path: "/runners/claim",
    summary: "Take the next job, if there is one: signed, and under a lease that has to be renewed at once",
    body: z.strictObject({
      freeSlots: z.number().int().min(0).max(64),
      adapters: z.array(adapterType).max(50).optional().describe("Only of these kinds; all it offers when left out"),
    }),
    output: z
      .object({
        job: z.string().nullable().describe("A compact JWS; see SignedJobClaims"),
        retryAfterMs: z.number().int().nullable().describe("Ask again after so long; null is when a hint comes"),
      })
      .meta({ id: "RunnerClaim" }),
    status: 200,
    errors: ["forbidden"],
  }),
  "runners.heartbeat": operation({
    ...byRunner,
    path: "/runners/heartbeat",
    summary:
      "Say what the machine is and runs, on start, on reconnect and when it changes; the answer says what goes on",
    body: z.strictObject({
      host: runnerHost,
      adapters,
      slots: slots.describe("The most that the machine takes"),
      draining: z.boolean().default(false),
      runs: z.array(z.strictObject(executedRun)).max(maxRuns).default([]),
      interrupted: z
        .array(z.strictObject({ ...executedRun, reason: text(2000) }))
        .max(maxRuns)
        .default([])
        .describe("What a crash left behind: these runs end now and are tried again"),
    }),
    output: z
      .object({
        runner,
        runs: z.array(
          z.object({
            runId: id,
            action: z
              .enum(["continue", "cancel", "superseded"])
              .describe("`superseded` has nothing to report any more"),
          }),
        ),
        cleanup: z
          .array(
            z.object({
              executionWorkspaceId: id,
              cwd: z.string().nullable(),
              branch: z.string().nullable(),
              path: z.string().nullable(),
              repoUrl: z.string().nullable(),
            }),
          )
          .describe("Worktrees of closed issues, to be removed"),
      })
      .meta({ id: "RunnerReconciliation" }),
    status: 200,
    errors: ["forbidden"],
  }),
  "runners.reportTest": operation({
    ...byRunner,
    path: "/runners/environment-tests/:id",
    summary: "Report what an environment test found",
    params: idParams,
    body: z.strictObject({ checks: z.array(environmentCheck).max(50) }),
    output: null,
    status: 204,
    errors: ["forbidden"],
  }),
  "runners.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/runners",
    summary: "The machines of a company, revoked ones only when asked for",
    tag,
    callers: everyone,
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(["active", "draining", "revoked"]).optional() }),
    output: z.array(runner),
    status: 200,
    paged: true,
  }),
  "runners.waits": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/runner-waits",
    summary: "Which agents' work waits for a machine, and why, in sentences",
    tag,
    callers: everyone,
    effect: "read",
    output: z.array(runnerWait),
    status: 200,
  }),
  "runners.get": operation({
    ...ofRunner,
    method: "GET",
    path: "/runners/:id",
    summary: "One machine",
    tag,
    callers: everyone,
    effect: "read",
    output: runner,
    status: 200,
  }),
  "runners.update": operation({
    ...ofRunner,
    ...admins,
    method: "PATCH",
    path: "/runners/:id",
    summary: "Rename a runner, say what it may run, or let it finish without taking more",
    effect: "write",
    body: z.strictObject({
      name: name(80).optional(),
      labels: runnerLabels.optional(),
      agentIds: agentIds.optional(),
      slots: slots.optional().describe("Never more than the machine itself takes"),
      status: z.enum(["active", "draining"]).optional(),
    }),
    output: runner,
    status: 200,
    errors: ["invalid_reference", "invalid_transition"],
  }),
  "runners.revoke": operation({
    ...ofRunner,
    ...admins,
    method: "POST",
    path: "/runners/:id/revoke",
    summary: "Take a machine's credential away for good; what it runs is lost and tried again",
    effect: "destroy",
    output: runner,
    status: 200,
    errors: ["invalid_transition"],
  }),
} as const;
