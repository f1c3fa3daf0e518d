import type { ToolRule } from "@boardroom/contract";
import { readText } from "../forms/read.ts";
import { readNewRule, readRule } from "../forms/tool-rule-form.ts";
import type { CompanyActionArgs } from "./board.ts";

type Api = CompanyActionArgs["api"];

export function listRules(api: Api, cid: string): Promise<ToolRule[]> {
  return api.call("toolRules.list", { params: { cid }, query: { limit: 200 } });
}

/** Does what one of the forms of the rules' page asks. */
export async function actOnRules({ api, company, form, intent }: CompanyActionArgs): Promise<void> {
  const params = { id: readText(form, "ruleId") };
  switch (intent) {
    case "add-rule":
      await api.call("toolRules.create", { params: { cid: company.id }, body: readNewRule(form) });
      return;
    case "save-rule":
      await api.call("toolRules.update", { params, body: readRule(form) });
      return;
    case "delete-rule":
      await api.call("toolRules.delete", { params });
      return;
    case "move-rule": {
      const rules = await listRules(api, company.id);
      const changes = moveRule(rules, params.id, readText(form, "to") === "earlier" ? -1 : 1);
      for (const { id, position } of changes)
        await api.call("toolRules.update", { params: { id }, body: { position } });
    }
  }
}

const gap = 10;

/** The positions to write so that a rule stands one place earlier or later; none for a rule that can't move. */
export function moveRule(
  rules: readonly Pick<ToolRule, "id" | "position">[],
  id: string,
  by: -1 | 1,
): { id: string; position: number }[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const other = rules[from + by];
  if (from === -1 || !other) return [];
  const order = rules.map((rule, at) => (at === from ? other : at === from + by ? rules[from] : rule));
  return order.flatMap((rule, at) => {
    const position = (at + 1) * gap;
    return rule && rule.position !== position ? [{ id: rule.id, position }] : [];
  });
}
