import type { RuntimeConfig } from "@boardroom/contract";
import { moneyInputValue } from "../../format/money.ts";
import { Submit } from "../button.tsx";
import { Checkbox, Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { IntervalField } from "../interval-field.tsx";

interface ScheduleFormProps {
  heartbeat: RuntimeConfig["heartbeat"];
  isOver: boolean;
}

/** When the agent wakes, how many runs it has at a time and in a day, and for how much. */
export function ScheduleForm({ heartbeat, isOver }: ScheduleFormProps) {
  return (
    <Form calls="agents.update" isReadable intent="schedule" action="?tab=schedule" preventScrollReset>
      <fieldset className="form" disabled={isOver}>
        <Checkbox
          label="Wake it on a timer"
          name="enabled"
          defaultChecked={heartbeat.enabled}
          hint="It looks for open work by itself."
        />
        <IntervalField intervalSec={heartbeat.intervalSec} />
        <Checkbox
          label="Wake it on demand"
          name="wakeOnDemand"
          defaultChecked={heartbeat.wakeOnDemand}
          hint="By assignments, comments and other agents. You can always run it by hand."
        />
        <div className="field-pair">
          <Input
            label="Runs at a time"
            name="maxConcurrentRuns"
            type="number"
            min={1}
            max={10}
            defaultValue={heartbeat.maxConcurrentRuns}
            inputMode="numeric"
            hint="From 1 to 10; each on a task of its own."
            required
          />
          <Input
            label="Longest run, in minutes"
            name="timeoutSec"
            type="number"
            min={1}
            max={1440}
            defaultValue={Math.max(1, Math.round(heartbeat.timeoutSec / 60))}
            inputMode="numeric"
            hint="Then the run is told to stop."
            required
          />
        </div>
        <div className="field-pair">
          <Input
            label="Runs a day"
            name="maxRunsPerDay"
            type="number"
            min={1}
            max={10_000}
            defaultValue={heartbeat.maxRunsPerDay ?? ""}
            inputMode="numeric"
            hint="Empty means no limit. What comes later waits for the next day (UTC)."
          />
          <Input
            label="Cost a day"
            name="maxCostPerDayCents"
            affix="$"
            inputMode="decimal"
            defaultValue={moneyInputValue(heartbeat.maxCostPerDayCents)}
            hint="Empty means no limit."
          />
        </div>
        <div className="form-actions">
          <Submit intent="schedule">Save schedule</Submit>
        </div>
      </fieldset>
    </Form>
  );
}
