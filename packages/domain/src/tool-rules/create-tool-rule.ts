import { BoardroomError, type ToolRule } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { maxRules } from "./limits.ts";

/** Behind the last rule. */
export const lastPosition = (companyId: string): SQL =>
  sql`(select coalesce(max(r.position), 0) + 10 from tool_rules r where r.company_id = ${companyId}::uuid)`;

/**
 * Makes a rule for tool calls.
 * @throws BoardroomError conflict when there are too many, invalid_reference for an agent of nobody here
 */
export async function createToolRule(ctx: Ctx, input: InputOf<"toolRules.create">): Promise<ToolRule> {
  const { companyId } = ctx.db;
  const { idempotencyKey: _, position, ...fields } = input;
  const values = { companyId, ...fields, position: position ?? lastPosition(companyId) };
  const { rows } = await mutate<typeof schema.toolRules, { isFull: boolean }>(ctx, schema.toolRules, {
    with: {
      room: sql`select count(*) >= ${maxRules} as is_full from tool_rules where company_id = ${companyId}::uuid`,
      created: sql`${insertInto(schema.toolRules, values)} from room where not room.is_full returning *`,
    },
    activity: [
      {
        from: "created",
        action: "tool_rule.created",
        entityType: "tool_rule",
        entityId: sql`id`,
        details: sql`jsonb_build_object('effect', effect, 'tool', tool, 'shape', shape, 'adapterType', adapter_type, 'forAgentId', agent_id)`,
      },
    ],
    select: sql`select created.*, room.is_full from room left join created on true`,
  });
  const rule = found(rows[0], "company");
  if (rule.isFull) throw new BoardroomError("conflict", `A company has at most ${maxRules} rules. Delete one first.`);
  return rule;
}
