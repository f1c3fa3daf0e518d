import type { Agent, AgentSchedule as Schedule } from "@boardroom/contract";
import { formatInterval } from "../../format/time.ts";
import { Money, SpendBar } from "../money.tsx";
import { Notice } from "../notice.tsx";
import { Section } from "../page.tsx";
import { RelativeTime } from "../time.tsx";
import { UpcomingTimes } from "../upcoming-times.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

/** When the agent wakes by itself, what its day has left, and the form that changes both. */
export function AgentSchedule({ agent, schedule, isOver }: { agent: Agent; schedule: Schedule; isOver: boolean }) {
  return (
    <div className="split">
      <div className="stack" data-wide>
        <Refusal schedule={schedule} />
        <Section title="Settings">
          <ScheduleForm heartbeat={agent.runtimeConfig.heartbeat} isOver={isOver} />
        </Section>
      </div>
      <div className="aside first-on-phone">
        <Section title="Next heartbeats">
          {schedule.enabled && schedule.nextWakes.length > 0 ? (
            <UpcomingTimes times={schedule.nextWakes} />
          ) : (
            <p className="muted">The timer is off. Work and people wake it all the same.</p>
          )}
          {schedule.enabled && schedule.intervalSec && (
            <p className="sub">
              Every {formatInterval(schedule.intervalSec)}. A heartbeat without open work wakes nobody.
            </p>
          )}
        </Section>
        <Section title="Today">
          <DayCaps schedule={schedule} />
        </Section>
        <Section title="Saved">
          <Saved schedule={schedule} />
        </Section>
      </div>
    </div>
  );
}

/** Why it can't be woken now, where something stands in the way. */
export function Refusal({ schedule }: { schedule: Schedule }) {
  return schedule.refusal === null ? null : <Notice tone="attention">It can't wake now. {schedule.refusal}</Notice>;
}

/** How much of the day's caps is used, by calendar day in UTC. */
export function DayCaps({ schedule }: { schedule: Schedule }) {
  const { runsToday, maxRunsPerDay, costTodayCents, maxCostPerDayCents } = schedule;
  return (
    <dl className="facts">
      <div className="fact">
        <dt>Runs</dt>
        <dd>
          <span className="tabular">
            {runsToday}
            <span className="faint">{maxRunsPerDay === null ? ", no limit" : ` of ${maxRunsPerDay}`}</span>
          </span>
          <SpendBar spentCents={runsToday} budgetCents={maxRunsPerDay} />
        </dd>
      </div>
      <div className="fact">
        <dt>Cost</dt>
        <dd>
          <span>
            <Money cents={costTodayCents} />
            <span className="faint">
              {maxCostPerDayCents === null ? (
                ", no limit"
              ) : (
                <>
                  {" of "}
                  <Money cents={maxCostPerDayCents} />
                </>
              )}
            </span>
          </span>
          <SpendBar spentCents={costTodayCents} budgetCents={maxCostPerDayCents} />
        </dd>
      </div>
    </dl>
  );
}

function Saved({ schedule }: { schedule: Schedule }) {
  const { emptySkips, savedCents, lastEmptyAt } = schedule;
  if (emptySkips === 0) return <p className="muted">No heartbeat was empty so far.</p>;
  return (
    <p>
      {emptySkips === 1 ? "1 empty heartbeat" : `${emptySkips} empty heartbeats`} skipped
      {savedCents > 0 && (
        <>
          , about <Money cents={savedCents} /> saved
        </>
      )}
      .
      {lastEmptyAt && (
        <span className="faint">
          {" "}
          The last one <RelativeTime at={lastEmptyAt} />.
        </span>
      )}
    </p>
  );
}
