import type { EnvironmentReport as Report } from "@boardroom/contract";
import { Tag, type Tone } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";

const outcomes: Record<Report["status"], { label: string; tone: Tone }> = {
  pass: { label: "It works", tone: "good" },
  warn: { label: "It works, with remarks", tone: "attention" },
  fail: { label: "It won't work yet", tone: "bad" },
};

const levels: Record<Report["checks"][number]["level"], { label: string; tone: Tone }> = {
  error: { label: "Error", tone: "bad" },
  warn: { label: "Warning", tone: "attention" },
  info: { label: "Fine", tone: "good" },
};

/** What a look at the agent's environment found, the worst first, each with what to do about it. */
export function EnvironmentReport({ report }: { report: Report }) {
  const { label, tone } = outcomes[report.status];
  const order = ["error", "warn", "info"];
  const checks = [...report.checks].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return (
    <section className="report" aria-label="Environment test" role="status">
      <p className="line">
        <Tag tone={tone}>{label}</Tag>
        <span className="sub push">
          {report.runnerName && `on ${report.runnerName}, `}
          <RelativeTime at={report.testedAt} />
        </span>
      </p>
      <ul>
        {checks.map((check, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <li key={at}>
            <Tag tone={levels[check.level].tone}>{levels[check.level].label}</Tag>
            <div>
              <p>{check.message}</p>
              {check.hint && <p className="sub">{check.hint}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
