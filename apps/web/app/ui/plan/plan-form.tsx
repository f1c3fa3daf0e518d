import type { ShownApproval } from "@boardroom/contract";
import { Form } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import { othersDecide } from "../../format/other-roles.ts";
import { useFailure } from "../../forms/use-result.ts";
import type { PlanView } from "../../server/plan-view.ts";
import { Submit } from "../button.tsx";
import { FieldsOf, Textarea } from "../field.tsx";
import { Money } from "../money.tsx";
import { Notice } from "../notice.tsx";
import { Section } from "../page.tsx";
import { AgentPart, IssuePart } from "./plan-parts.tsx";

interface PlanFormProps {
  approval: Pick<ShownApproval, "status" | "payloadVersion" | "selection" | "minimumRole" | "mayDecide">;
  view: PlanView;
  requester: string;
}

interface Chosen {
  agents: number;
  issues: number;
  cents: number;
  hasUnlimited: boolean;
}

/** All of a plan with a box at each part, what the ticked ones cost, and the answer. */
export function PlanForm({ approval, view, requester }: PlanFormProps) {
  const isOpen = approval.mayDecide;
  const [chosen, setChosen] = useState(() => countAll(view, approval.selection));
  const isChosen = (kind: "agents" | "issues", key: string) => isIn(approval.selection, kind, key);
  const recount = (event: FormEvent<HTMLFormElement>) => setChosen(countTicked(event.currentTarget));
  const { agents, issues } = view;
  const anyFailure = useFailure();
  const failure = anyFailure && "partCount" in anyFailure.values ? anyFailure : undefined;
  const isSaidAtNote = failure?.fields.note !== undefined;
  return (
    <Form method="post" className="stack" onChange={recount} preventScrollReset>
      <input type="hidden" name="payloadVersion" value={approval.payloadVersion} />
      <input type="hidden" name="partCount" value={agents.length + issues.length} />
      {agents.length > 0 && (
        <Section title="Who is hired">
          <div className="plan-parts">
            {agents.map((agent) => (
              <AgentPart
                key={agent.key}
                agent={agent}
                requester={requester}
                isOpen={isOpen}
                isChosen={isChosen("agents", agent.key)}
              />
            ))}
          </div>
        </Section>
      )}
      {issues.length > 0 && (
        <Section title="What is begun">
          <div className="plan-parts">
            {issues.map((issue) => (
              <IssuePart key={issue.key} issue={issue} isOpen={isOpen} isChosen={isChosen("issues", issue.key)} />
            ))}
          </div>
        </Section>
      )}
      <p className="plan-sum" aria-live="polite">
        {spell(chosen.agents, "agent")}, {spell(chosen.issues, "issue")}.{" "}
        {chosen.agents > 0 && (
          <>
            Budgets: <Money cents={chosen.cents} /> a month{chosen.hasUnlimited && ", and some without a limit"}.
          </>
        )}
      </p>
      {approval.status === "pending" && !isOpen && <p className="sub">{othersDecide(approval.minimumRole)}</p>}
      {isOpen && (
        <>
          {failure && !isSaidAtNote && <Notice tone="bad">{failure.message}</Notice>}
          <FieldsOf failure={failure}>
            <details className="note" open={isSaidAtNote || undefined}>
              <summary>Add a note</summary>
              <Textarea label={`Note to ${requester}`} name="note" rows={2} maxLength={4000} />
            </details>
          </FieldsOf>
          <div className="line plan-answer">
            <Submit intent="approve">
              {chosen.agents + chosen.issues === agents.length + issues.length
                ? "Approve the plan"
                : "Approve what is ticked"}
            </Submit>
            <Submit intent="revise" kind="quiet">
              Ask for changes
            </Submit>
            <Submit intent="reject" kind="danger">
              Reject
            </Submit>
          </div>
        </>
      )}
    </Form>
  );
}

const spell = (count: number, noun: string) => `${count === 0 ? "No" : count} ${noun}${count === 1 ? "" : "s"}`;

function isIn(selection: Record<string, unknown> | null, kind: "agents" | "issues", key: string): boolean {
  const keys = selection?.[kind];
  return !Array.isArray(keys) || keys.includes(key);
}

function countAll({ agents, issues }: PlanView, selection: Record<string, unknown> | null): Chosen {
  const hired = agents.filter(({ key }) => isIn(selection, "agents", key));
  return {
    agents: hired.length,
    issues: issues.filter(({ key }) => isIn(selection, "issues", key)).length,
    cents: hired.reduce((sum, { budgetMonthlyCents }) => sum + (budgetMonthlyCents ?? 0), 0),
    hasUnlimited: hired.some(({ budgetMonthlyCents }) => budgetMonthlyCents === null),
  };
}

function countTicked(form: HTMLFormElement): Chosen {
  const ticked = (name: string) => [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)];
  const hired = ticked("agent");
  return {
    agents: hired.length,
    issues: ticked("issue").length,
    cents: hired.reduce((sum, { dataset }) => sum + Number(dataset.cents ?? 0), 0),
    hasUnlimited: hired.some(({ dataset }) => dataset.cents === undefined),
  };
}
