import type { Agent } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeAgent } from "./change-agent.ts";

/**
 * Changes an agent; the version before is kept.
 * @throws BoardroomError already_exists, invalid_reference, unsafe_url, invalid_transition
 */
export const updateAgent = (ctx: Ctx, { id, ...fields }: InputOf<"agents.update">): Promise<Agent> =>
  changeAgent(ctx, id, fields, { source: "update" });
