import type { RoutineTrigger } from "@boardroom/contract";
import { useEffect, useState } from "react";
import { commonSchedules } from "../../format/cron.ts";
import { Input, Select, useFormFailure } from "../field.tsx";
import { SchedulePreview } from "./schedule-preview.tsx";

interface ScheduleFieldsProps {
  routineId: string;
  trigger?: RoutineTrigger;
}

/** When it fires: a cron expression in a time zone, and what comes of that before it is saved. */
export function ScheduleFields({ routineId, trigger }: ScheduleFieldsProps) {
  const typed = useFormFailure()?.values;
  const [expression, setExpression] = useState(typed?.cronExpression ?? trigger?.cronExpression ?? "0 9 * * 1-5");
  const [zone, setZone] = useState(typed?.timezone ?? trigger?.timezone ?? "UTC");
  const zones = useZones(trigger === undefined && typed === undefined, setZone);
  const common = commonSchedules.find(([value]) => value === expression)?.[0] ?? "";
  return (
    <>
      <Select
        label="Start from"
        name="commonSchedule"
        options={[["", "Something else"], ...commonSchedules]}
        value={common}
        onChange={({ target }) => target.value !== "" && setExpression(target.value)}
      />
      <div className="field-pair">
        <Input
          label="Schedule"
          name="cronExpression"
          maxLength={200}
          value={expression}
          onChange={({ target }) => setExpression(target.value)}
          hint="Minute, hour, day of month, month, day of week."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <Input
          label="Time zone"
          name="timezone"
          maxLength={64}
          value={zone}
          onChange={({ target }) => setZone(target.value)}
          list="zones"
          hint="As in Europe/Berlin."
          autoComplete="off"
          required
        />
      </div>
      <datalist id="zones">
        {zones.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <SchedulePreview routineId={routineId} expression={expression} zone={zone} />
    </>
  );
}

/** The zones that this browser knows; a new schedule starts in the visitor's own. */
function useZones(isNew: boolean, setZone: (zone: string) => void): string[] {
  const [zones, setZones] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page comes alive
  useEffect(() => {
    setZones(Intl.supportedValuesOf("timeZone"));
    if (isNew) setZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return zones;
}
