import type { CostEvent } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { formatCount } from "../format/count.ts";
import { formatMoney, moneyInputValue } from "../format/money.ts";
import { Submit } from "./button.tsx";
import { Input } from "./field.tsx";
import { Form } from "./form.tsx";
import { Money } from "./money.tsx";
import { Tag, type Tone } from "./notice.tsx";
import { Sheet, SheetLink } from "./sheet.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

const bases: Record<CostEvent["basis"], { label: string; tone: Tone } | null> = {
  reported: null,
  estimated: { label: "Estimated", tone: "neutral" },
  unaccounted: { label: "Unaccounted", tone: "attention" },
  corrected: { label: "Correction", tone: "neutral" },
};

/** One cost: whose, of what, how much, and how it is known. */
export function CostEventRow({ event, agentName }: { event: CostEvent; agentName: string }) {
  const { base } = useCompany();
  const basis = bases[event.basis];
  return (
    <div className="row" data-tall>
      <div className="row-text">
        {event.heartbeatRunId ? (
          <Link className="row-link" to={`${base}/runs/${event.heartbeatRunId}`}>
            {agentName}
          </Link>
        ) : (
          <span>{agentName}</span>
        )}
        <small>
          {event.basisNote ?? `${event.provider} ${event.model}`} · {formatCount(event.inputTokens)} in,{" "}
          {formatCount(event.outputTokens)} out
        </small>
      </div>
      <div className="meta above">
        {basis && <Tag tone={basis.tone}>{basis.label}</Tag>}
        <RelativeTime at={event.occurredAt} />
        {event.basis === "corrected" ? (
          <b className="amount">
            <Money cents={event.costCents} />
          </b>
        ) : (
          <SheetLink
            sheet={`correct-${event.id}`}
            leadsTo="costs.correct"
            className="amount button"
            data-kind="quiet"
            aria-label={`${formatMoney(event.costCents)}, correct it`}
          >
            <Money cents={event.costCents} />
          </SheetLink>
        )}
      </div>
    </div>
  );
}

/** Asks what a cost really was. */
export function CorrectionSheet({ event }: { event: CostEvent }) {
  if (event.basis === "corrected") return null;
  return (
    <Sheet name={`correct-${event.id}`} title="Correct this cost">
      <Form intent="correct" replace preventScrollReset>
        <input type="hidden" name="eventId" value={event.id} />
        <p>The event stays as it is. The difference is written as an event of its own, and counts.</p>
        <Input
          label="What it really cost"
          name="costCents"
          affix="$"
          inputMode="decimal"
          defaultValue={moneyInputValue(event.costCents)}
        />
        <Input label="Note" name="note" maxLength={500} optional />
        <div className="form-actions">
          <Submit intent="correct">Correct it</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
