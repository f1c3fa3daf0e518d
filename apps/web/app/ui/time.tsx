import { useRef, useState } from "react";
import { formatDuration, formatRelative } from "../format/time.ts";
import { useNow } from "./clock.ts";
import { useIsAlive } from "./use-is-alive.ts";

const exactFormat: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" };

/** The exact time: in UTC from the server, in the visitor's zone once the page is alive; or always in a named zone. */
function useExact(at: string, options: Intl.DateTimeFormatOptions, named?: string): string {
  const isAlive = useIsAlive();
  const zone = named ?? (isAlive ? undefined : "UTC");
  const text = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(new Date(at));
  return zone === "UTC" ? `${text} UTC` : text;
}

/** "5 min ago"; the exact time on hover and on long press. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow();
  const exact = useExact(at, exactFormat);
  const [showsExact, setShowsExact] = useState(false);
  const press = useRef<ReturnType<typeof setTimeout>>();
  const release = () => clearTimeout(press.current);
  return (
    <time
      dateTime={at}
      title={exact}
      className="tabular"
      suppressHydrationWarning
      onTouchStart={() => {
        press.current = setTimeout(() => setShowsExact(true), 450);
      }}
      onTouchEnd={release}
      onTouchMove={release}
    >
      {showsExact ? exact : formatRelative(Date.parse(at), now)}
    </time>
  );
}

/** "14:02", for what ends or happens today. */
export function ClockTime({ at }: { at: string }) {
  const text = useExact(at, { hour: "2-digit", minute: "2-digit" });
  return (
    <time dateTime={at} className="tabular">
      {text}
    </time>
  );
}

/** "Mon, 3 Nov, 14:00" in the visitor's zone, or in a named one. */
export function ExactTime({ at, zone }: { at: string; zone?: string | undefined }) {
  const text = useExact(at, dayAndTime, zone);
  return (
    <time dateTime={at} className="tabular">
      {text}
    </time>
  );
}

const dayAndTime: Intl.DateTimeFormatOptions = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
};

/** "3m 12s" between two instants; counts on while there is no end. */
export function Elapsed({ from, to }: { from: string; to: string | null }) {
  return to === null ? <Running from={from} /> : <Duration ms={Date.parse(to) - Date.parse(from)} />;
}

function Running({ from }: { from: string }) {
  const now = useNow();
  return (
    <span className="tabular" suppressHydrationWarning>
      {formatDuration(Math.max(1000, now - Date.parse(from)))}
    </span>
  );
}

export function Duration({ ms }: { ms: number }) {
  return <span className="tabular">{formatDuration(ms)}</span>;
}
