import { issuePrefix, type OperationOutput, type Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { freePrefix, suggestPrefixes } from "./prefixes.ts";

/** A free prefix made from a name, and whether a wished one is free; null when no wish was given, false for an impossible one. */
export async function suggestPrefix(
  ctx: PersonCtx,
  { name, wish }: InputOf<"companies.suggestPrefix">,
): Promise<OperationOutput<Operations["companies.suggestPrefix"]>> {
  const wished = wish ? issuePrefix.safeParse(wish) : null;
  const [row] = await ctx.system.raw<{ suggestion: string; is_free: boolean }>(sql`
    select ${freePrefix(suggestPrefixes(name))} as suggestion,
      not exists (select 1 from companies where issue_prefix = ${wished?.data ?? null}::text) as is_free`);
  const { suggestion, is_free } = found(row, "suggestion");
  return { suggestion, wishIsFree: wished && (wished.success ? is_free : false) };
}
