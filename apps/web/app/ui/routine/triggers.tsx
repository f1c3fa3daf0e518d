import type { RoutineTrigger } from "@boardroom/contract";
import CalendarClock from "lucide-react/icons/calendar-clock";
import Plus from "lucide-react/icons/plus";
import SquareTerminal from "lucide-react/icons/square-terminal";
import Webhook from "lucide-react/icons/webhook";
import { nameTrigger } from "../../format/routine.ts";
import { Tag } from "../notice.tsx";
import { SheetLink } from "../sheet.tsx";
import { EmptyState } from "../states.tsx";
import { RelativeTime } from "../time.tsx";
import { UpcomingTimes } from "../upcoming-times.tsx";

const icons = { schedule: CalendarClock, webhook: Webhook, api: SquareTerminal };

/** What fires the routine. Each opens the sheet that changes it. */
export function Triggers({ triggers, canChange }: { triggers: RoutineTrigger[]; canChange: boolean }) {
  return (
    <div className="stack" data-tight>
      <ul className="bordered">
        {triggers.map((trigger) => (
          <TriggerRow key={trigger.id} trigger={trigger} canChange={canChange} />
        ))}
        {triggers.length === 0 && (
          <li>
            <EmptyState>
              Nothing fires it by itself yet. A schedule is the usual way; you can always run it by hand.
            </EmptyState>
          </li>
        )}
      </ul>
      {canChange && (
        <div className="line">
          <SheetLink
            sheet="add-schedule"
            leadsTo="routines.createTrigger"
            className="button"
            aria-label="Add a schedule"
          >
            <Plus size={16} aria-hidden="true" />
            Schedule
          </SheetLink>
          <SheetLink sheet="add-webhook" leadsTo="routines.createTrigger" className="button" aria-label="Add a webhook">
            <Plus size={16} aria-hidden="true" />
            Webhook
          </SheetLink>
          <SheetLink
            sheet="add-api"
            leadsTo="routines.createTrigger"
            className="button"
            aria-label="Add an API trigger"
          >
            <Plus size={16} aria-hidden="true" />
            API
          </SheetLink>
        </div>
      )}
    </div>
  );
}

function TriggerRow({ trigger, canChange }: { trigger: RoutineTrigger; canChange: boolean }) {
  const Icon = icons[trigger.kind];
  const name = nameTrigger(trigger);
  return (
    <li className="trigger">
      <div className="row" data-tall data-wrap>
        <Icon size={16} className="faint" aria-hidden="true" />
        <div className="row-text">
          {canChange ? (
            <SheetLink sheet={`trigger-${trigger.id}`} leadsTo="routineTriggers.update" className="row-link" data-wrap>
              {name}
            </SheetLink>
          ) : (
            <span>{name}</span>
          )}
          <small>
            {trigger.kind === "schedule" && trigger.label && `${trigger.label} · `}
            {trigger.nextRunAt ? (
              <>
                next <RelativeTime at={trigger.nextRunAt} />
              </>
            ) : trigger.lastFiredAt ? (
              <>
                last fired <RelativeTime at={trigger.lastFiredAt} />
              </>
            ) : (
              "not fired yet"
            )}
          </small>
        </div>
        {!trigger.enabled && <Tag tone="attention">Off</Tag>}
      </div>
      {trigger.nextRuns.length > 0 && (
        <details className="note">
          <summary>Next five times</summary>
          <UpcomingTimes times={trigger.nextRuns} zone={trigger.timezone ?? "UTC"} />
        </details>
      )}
    </li>
  );
}
