import type { RoutinePreview } from "@boardroom/contract";
import { useEffect, useState } from "react";
import { describeCron } from "../../format/cron.ts";
import { Money } from "../money.tsx";
import { UpcomingTimes } from "../upcoming-times.tsx";
import { useCompany } from "../use-company.ts";

const typingMs = 300;

interface PreviewProps {
  routineId: string;
  expression: string;
  zone: string;
}

/** The next five times of a schedule that is being typed, and what it would cost; or what is wrong with it. */
export function SchedulePreview({ routineId, expression, zone }: PreviewProps) {
  const answer = usePreview(routineId, expression, zone);
  return (
    <div className="preview" aria-live="polite">
      {answer === undefined ? (
        <p className="sub">The next five times show here.</p>
      ) : "error" in answer ? (
        <p className="error">{answer.error}</p>
      ) : (
        <>
          <p className="sub">
            {describeCron(expression)}, {answer.runsPerMonth} times in 30 days
          </p>
          <UpcomingTimes times={answer.nextRuns} zone={zone} />
          <p className="sub">
            <Cost preview={answer} />
          </p>
        </>
      )}
    </div>
  );
}

function Cost({ preview: { medianCostCents, expectedMonthlyCostCents } }: { preview: RoutinePreview }) {
  if (medianCostCents === null || expectedMonthlyCostCents === null) {
    return "What it will cost is known after its first issues are done.";
  }
  return (
    <>
      About <Money cents={expectedMonthlyCostCents} /> a month, by <Money cents={medianCostCents} /> for each so far.
    </>
  );
}

type Answer = RoutinePreview | { error: string };

function usePreview(routineId: string, cronExpression: string, timezone: string): Answer | undefined {
  const { company } = useCompany();
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      const asked = { cronExpression, timezone, routineId };
      const said = await askPreview(company.id, asked, gone.signal).catch(() => undefined);
      if (!gone.signal.aborted) setAnswer(said);
    }, typingMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [company.id, routineId, cronExpression, timezone]);
  return answer;
}

async function askPreview(companyId: string, asked: object, signal: AbortSignal): Promise<Answer | undefined> {
  const response = await fetch(`/api/companies/${companyId}/routines/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (response.ok) return response.json();
  const { error }: { error: string } = await response.json();
  return { error };
}
