import { type ApprovalType, BoardroomError } from "@boardroom/contract";
import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { approveCeoStrategyEffect } from "./approve-ceo-strategy.ts";
import { budgetOverrideEffect } from "./budget-override.ts";
import type { ApprovalEffect, EffectOutcome, MakeEffect } from "./effect.ts";
import { hireAgentEffect } from "./hire-agent.ts";

/** What approving each type causes, besides that who asked is woken. */
const effects: Record<ApprovalType, MakeEffect | null> = {
  hire_agent: hireAgentEffect,
  approve_ceo_strategy: approveCeoStrategyEffect,
  budget_override_required: budgetOverrideEffect,
  request_board_approval: null,
};

export interface EffectParts {
  /** Over `target` and `c`. */
  refusal: SQL;
  with: Record<string, SQL>;
  /** Whether all that was to be done is done, over a row `target`. */
  done: SQL;
  activity: ActivityEntry[];
  causes: SQL[];
  newAgents: string | undefined;
  /** Columns for the end of a select's list, each with a comma before it. */
  answer: SQL;
  outcome(type: ApprovalType, row: Record<string, unknown>): EffectOutcome;
  refused(type: ApprovalType, refusal: string | null): BoardroomError;
}

/** The parts of all types' effects for one statement that has the CTE `effective`. */
export async function makeEffects(ctx: Ctx): Promise<EffectParts> {
  const made = new Map<ApprovalType, ApprovalEffect>();
  const parts: Record<string, SQL> = {};
  for (const [type, make] of Object.entries(effects) as [ApprovalType, MakeEffect | null][]) {
    if (!make) continue;
    const from = `effective_${type}`;
    const effect = await make(ctx, from);
    made.set(type, effect);
    parts[from] = sql`select * from effective where type = ${type}::approval_type`;
    Object.assign(parts, effect.with);
  }
  const each = [...made];
  const answers = each.flatMap(([, { answer = {} }]) => Object.entries(answer));
  return {
    refusal: caseOfType(each, ({ refusal }) => refusal, sql`null::text`),
    with: parts,
    done: caseOfType(each, ({ done }) => done, sql`true`),
    activity: each.flatMap(([, { activity = [] }]) => activity),
    causes: each.flatMap(([, { causes }]) => (causes ? [causes] : [])),
    newAgents: each.flatMap(([, { newAgents }]) => newAgents ?? [])[0],
    answer: sql.join(answers.map(([name, value]) => sql`, (${value}) as ${sql.identifier(name)}`)),
    outcome: (type, row) => made.get(type)?.outcome?.(row) ?? {},
    refused: (type, refusal) =>
      made.get(type)?.refused?.(refusal) ?? new BoardroomError("conflict", "This can't be done any more."),
  };
}

function caseOfType(
  each: readonly [ApprovalType, ApprovalEffect][],
  part: (effect: ApprovalEffect) => SQL | undefined,
  otherwise: SQL,
): SQL {
  const cases = each.flatMap(([type, effect]) => {
    const value = part(effect);
    return value ? [sql` when ${type}::approval_type then (${value})`] : [];
  });
  return cases.length === 0 ? otherwise : sql`case target.type${sql.join(cases)} else ${otherwise} end`;
}
