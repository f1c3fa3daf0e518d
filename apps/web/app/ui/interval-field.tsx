import { Input, Select } from "./field.tsx";

const units = [
  ["60", "minutes"],
  ["3600", "hours"],
  ["86400", "days"],
] as const;

/** How often a timer goes off, as people say it: a number and its unit. */
export function IntervalField({ intervalSec }: { intervalSec: number }) {
  const unit = [...units].reverse().find(([seconds]) => intervalSec % Number(seconds) === 0)?.[0] ?? "60";
  return (
    <div className="field-pair" data-always>
      <Input
        label="Every"
        name="intervalSec"
        type="number"
        min={1}
        max={43_200}
        defaultValue={Math.max(1, Math.round(intervalSec / Number(unit)))}
        inputMode="numeric"
        required
      />
      <Select label="Unit" name="intervalUnit" options={units} defaultValue={unit} />
    </div>
  );
}
