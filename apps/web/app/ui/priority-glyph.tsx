import type { Issue } from "@boardroom/contract";

type Priority = Issue["priority"];

export const priorityLabels: Record<Priority, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};
/** Options of a select, the usual one first. */
export const priorityOptions = (["medium", "critical", "high", "low"] as const).map(
  (value) => [value, priorityLabels[value]] as const,
);
const bars: Record<Priority, number> = { critical: 4, high: 3, medium: 2, low: 1 };

/** Four bars, as many filled as it is urgent; critical stands out. */
export function PriorityGlyph({ priority }: { priority: Priority }) {
  const label = `${priorityLabels[priority]} priority`;
  return (
    <svg
      className="glyph"
      data-tone={priority === "critical" ? "bad" : "neutral"}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="currentColor"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {[1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          x={bar * 3 - 1}
          y={13 - bar * 2.5}
          width="2"
          height={bar * 2.5}
          rx="0.75"
          opacity={bar <= bars[priority] ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
