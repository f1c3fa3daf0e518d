import type { Interaction } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { resolveInteraction } from "./resolve-interaction.ts";

/** Takes back what was asked: the board may, and the agent that asked. */
export const cancelInteraction = (ctx: Ctx, input: InputOf<"interactions.cancel">): Promise<Interaction> =>
  resolveInteraction(ctx, { ...input, outcome: "cancelled" });
