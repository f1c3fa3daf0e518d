import type { BudgetIncident } from "@boardroom/contract";
import { Form, Link, useNavigation } from "@remix-run/react";
import { describeAction, describeIncident, describeWindow, proposedCents } from "../../format/budget.ts";
import { moneyInputValue } from "../../format/money.ts";
import { othersDecide } from "../../format/other-roles.ts";
import { useFailure } from "../../forms/use-result.ts";
import { Button } from "../button.tsx";
import { FieldsOf, Input } from "../field.tsx";
import { May } from "../may.tsx";
import { Spend, SpendBar } from "../money.tsx";
import { Notice, Tag } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** A threshold of a budget that was reached: whose, how far, and what to do about it. Answerable in place. */
export function IncidentCard({ incident }: { incident: BudgetIncident }) {
  const { base } = useCompany();
  const { formData } = useNavigation();
  const isBeingDecided = formData?.get("incidentId") === incident.id;
  const isOpen = incident.status === "open";
  return (
    <article className="card" aria-busy={isBeingDecided || undefined} aria-label={describeIncident(incident)}>
      <header className="line">
        <h3>{describeIncident(incident)}</h3>
        <span className="push faint">
          <RelativeTime at={incident.resolvedAt ?? incident.createdAt} />
        </span>
      </header>
      <p>
        <Spend spentCents={incident.spentNowCents} budgetCents={incident.amountCents} />{" "}
        <span className="faint">{describeWindow(incident)}</span>
      </p>
      <SpendBar spentCents={incident.spentNowCents} budgetCents={incident.amountCents} />
      <p className="sub">
        <Link className="link" to={`${base}/costs/events${eventsOf(incident)}`}>
          What was spent
        </Link>
        {isOpen && incident.windowEndsAt && (
          <span className="faint">
            {" · "}a new span begins <RelativeTime at={incident.windowEndsAt} />
          </span>
        )}
      </p>
      {isOpen ? (
        <May call="budgets.resolveIncident" otherwise={<p className="sub">{othersDecide("admin")}</p>}>
          <IncidentForm incident={incident} />
        </May>
      ) : (
        <p className="line">
          <Tag>{describeAction(incident)}</Tag>
          {incident.note && <span className="muted">{incident.note}</span>}
        </p>
      )}
    </article>
  );
}

const eventsOf = ({ agentId, projectId }: BudgetIncident) =>
  agentId ? `?agent=${agentId}` : projectId ? `?project=${projectId}` : "";

function IncidentForm({ incident }: { incident: BudgetIncident }) {
  const anyFailure = useFailure();
  const failure = anyFailure?.values.incidentId === incident.id ? anyFailure : undefined;
  const isStop = incident.threshold === "stop" && incident.hardStop;
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="incidentId" value={incident.id} />
      {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <Input
          label="New budget"
          name="amountCents"
          affix="$"
          inputMode="decimal"
          defaultValue={moneyInputValue(proposedCents(incident))}
          hint={isStop ? "What the stop paused goes on at once." : undefined}
        />
      </FieldsOf>
      <div className="line">
        <Button type="submit" name="intent" value="raise-budget" kind="primary">
          {isStop ? "Raise and resume" : "Raise"}
        </Button>
        {isStop && (
          <Button type="submit" name="intent" value="keep-stopped" kind="plain">
            Keep stopped
          </Button>
        )}
        <Button type="submit" name="intent" value="dismiss-incident" kind="quiet">
          Dismiss
        </Button>
      </div>
    </Form>
  );
}
