import type { ToolRule } from "@boardroom/contract";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import { toolEffects } from "../../format/tool-rule.ts";
import { Button } from "../button.tsx";
import { Form } from "../form.tsx";
import { Tag } from "../notice.tsx";
import { SheetLink } from "../sheet.tsx";

interface RuleRowProps {
  rule: ToolRule;
  /** What limits it: an agent, a kind of agent. */
  limits: string[];
  isFirst: boolean;
  isLast: boolean;
}

/** One rule with what it fits; its place among the others decides, so it can be moved. */
export function RuleRow({ rule, limits, isFirst, isLast }: RuleRowProps) {
  const { label, tone } = toolEffects[rule.effect];
  const said = rule.note === null ? limits : [...limits, rule.note];
  return (
    <li className="row" data-tall>
      <Tag tone={tone}>{label}</Tag>
      <div className="row-text">
        <SheetLink sheet={`rule-${rule.id}`} leadsTo="toolRules.update" className="row-link">
          <code>{rule.tool === "*" ? "any tool" : rule.tool}</code>
          {rule.shape && <code className="muted"> {rule.shape}</code>}
        </SheetLink>
        {said.length > 0 && <small>{said.join(" · ")}</small>}
      </div>
      <Form intent="move-rule" className="moves" preventScrollReset>
        <input type="hidden" name="intent" value="move-rule" />
        <input type="hidden" name="ruleId" value={rule.id} />
        <Button
          type="submit"
          icon
          kind="quiet"
          name="to"
          value="earlier"
          disabled={isFirst}
          aria-label="Try it earlier"
        >
          <ArrowUp size={16} aria-hidden="true" />
        </Button>
        <Button type="submit" icon kind="quiet" name="to" value="later" disabled={isLast} aria-label="Try it later">
          <ArrowDown size={16} aria-hidden="true" />
        </Button>
      </Form>
    </li>
  );
}
