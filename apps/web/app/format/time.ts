const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its two largest units: 840ms, 12s, 3m 12s, 2h 5m, 4d 3h. */
export function formatDuration(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))}ms`;
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  if (ms < hour) return pair(ms, minute, "m", second, "s");
  if (ms < day) return pair(ms, hour, "h", minute, "m");
  return pair(ms, day, "d", hour, "h");
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)}${bigUnit}${rest === 0 ? "" : ` ${rest}${smallUnit}`}`;
}

/** An interval in seconds as people say it: "30 s", "5 min", "2 h", "1 day". */
export function formatInterval(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? "1 day" : `${seconds / 86_400} days`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** Where an instant lies from now: "now", "12s ago", "5 min ago", "in 2 h", "3 d ago", then the date. */
export function formatRelative(at: number, now: number): string {
  const away = Math.abs(now - at);
  if (away < 5 * second) return "now";
  if (away >= 7 * day) return formatDate(at, now);
  const text =
    away < minute
      ? `${Math.floor(away / second)}s`
      : away < hour
        ? `${Math.floor(away / minute)} min`
        : away < day
          ? `${Math.floor(away / hour)} h`
          : `${Math.floor(away / day)} d`;
  return at > now ? `in ${text}` : `${text} ago`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "3 Nov", with the year when it is another one. In UTC, so that server and browser agree. */
export function formatDate(at: number, now: number): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const text = `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return year === new Date(now).getUTCFullYear() ? text : `${text} ${year}`;
}
