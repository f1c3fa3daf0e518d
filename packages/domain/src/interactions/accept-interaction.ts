import type { Interaction } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { acceptedTasks } from "./accepted-tasks.ts";
import { resolveInteraction } from "./resolve-interaction.ts";

/**
 * Says yes. Suggested tasks become issues in the same statement, all or those that were selected, once however often it is said.
 * @throws BoardroomError as `resolveInteraction`; invalid_request for the key of a task that was not suggested
 */
export async function acceptInteraction(ctx: Ctx, input: InputOf<"interactions.accept">): Promise<Interaction> {
  const { selectedClientKeys, ...answer } = input;
  return resolveInteraction(ctx, {
    ...answer,
    outcome: "accepted",
    kinds: ["request_confirmation", "suggest_tasks"],
    isYes: true,
    said: selectedClientKeys
      ? sql`jsonb_build_object('selectedClientKeys', ${JSON.stringify(selectedClientKeys)}::jsonb)`
      : sql`'{}'::jsonb`,
    ...acceptedTasks(ctx, selectedClientKeys ?? null),
  });
}
