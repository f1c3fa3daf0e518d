import {
  claimJob,
  createRunnerCode,
  explainWaits,
  getRunner,
  issueRunnerToken,
  listRunnerCodes,
  listRunners,
  reconcileRunner,
  registerRunner,
  reportTest,
  revokeRunner,
  revokeRunnerCode,
  updateRunner,
} from "@boardroom/domain";
import { createAttemptLimit } from "../runners/limit-attempts.ts";
import type { HandlersOf } from "./handler.ts";

/** Wrong codes and signatures of one address in a minute. */
const limitAttempts = createAttemptLimit(30);

export const runnerHandlers: HandlersOf<"runners" | "runnerCodes"> = {
  "runnerCodes.list": listRunnerCodes,
  "runnerCodes.create": createRunnerCode,
  "runnerCodes.revoke": revokeRunnerCode,
  "runners.register": (ctx, input) => limitAttempts(ctx.visitor, () => registerRunner(ctx, input)),
  "runners.token": (ctx, input) => limitAttempts(ctx.visitor, () => issueRunnerToken(ctx, input)),
  "runners.claim": claimJob,
  "runners.heartbeat": reconcileRunner,
  "runners.reportTest": reportTest,
  "runners.list": listRunners,
  "runners.waits": explainWaits,
  "runners.get": getRunner,
  "runners.update": updateRunner,
  "runners.revoke": revokeRunner,
};
