import { useNow } from "./clock.ts";
import { ExactTime, RelativeTime } from "./time.tsx";

const weekMs = 7 * 86_400_000;

/** The next times of a timer or a schedule, soonest first. */
export function UpcomingTimes({ times, zone }: { times: readonly string[]; zone?: string }) {
  const now = useNow();
  return (
    <ol className="upcoming">
      {times.map((at) => (
        <li key={at}>
          <ExactTime at={at} zone={zone} />
          {Date.parse(at) - now < weekMs && (
            <span className="faint">
              <RelativeTime at={at} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
