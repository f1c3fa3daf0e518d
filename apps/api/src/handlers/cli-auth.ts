import {
  approveChallenge,
  cancelChallenge,
  createChallenge,
  findChallenge,
  pollChallenge,
  readCliIdentity,
  revokeCurrentKey,
} from "@boardroom/domain";
import { createAttemptLimit } from "../runners/limit-attempts.ts";
import type { HandlersOf } from "./handler.ts";

/** Wrong secrets of one address, and wrong codes of one person, in a minute. */
const limitAttempts = createAttemptLimit(20);

export const cliAuthHandlers: HandlersOf<"cliAuth"> = {
  "cliAuth.challenge": (ctx, input) => createChallenge(ctx, input, ctx.visitor),
  "cliAuth.find": (ctx, input) => limitAttempts(ctx.person.userId, () => findChallenge(ctx, input)),
  "cliAuth.poll": (ctx, input) => limitAttempts(ctx.visitor, () => pollChallenge(ctx, input)),
  "cliAuth.approve": approveChallenge,
  "cliAuth.cancel": cancelChallenge,
  "cliAuth.me": readCliIdentity,
  "cliAuth.revokeCurrent": revokeCurrentKey,
};
