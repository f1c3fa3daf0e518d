import type { Interaction } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { resolveInteraction } from "./resolve-interaction.ts";

/** Says no, to any kind of question. */
export const rejectInteraction = (ctx: Ctx, input: InputOf<"interactions.reject">): Promise<Interaction> =>
  resolveInteraction(ctx, { ...input, outcome: "rejected" });
