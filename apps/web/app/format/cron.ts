const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The schedules that people set up most, as starting points. */
export const commonSchedules = [
  ["0 * * * *", "Every hour"],
  ["0 9 * * *", "Every day at 9"],
  ["0 9 * * 1-5", "Weekdays at 9"],
  ["0 9 * * 1", "Mondays at 9"],
  ["0 9 1 * *", "The first of the month at 9"],
] as const;

/** A cron expression in words where it is one of the common shapes, else the expression itself. */
export function describeCron(expression: string): string {
  const [minute = "", hour = "", date = "", month = "", day = "", ...rest] = expression.trim().split(/\s+/);
  if (rest.length > 0 || month !== "*") return expression;
  const often = describeOften(minute, hour, date, day);
  if (often) return often;
  const at = timeOf(minute, hour);
  if (at === null) return expression;
  if (date === "*" && day === "*") return `Every day at ${at}`;
  if (date === "*") return day === "1-5" ? `Weekdays at ${at}` : onDay(day, at, expression);
  return day === "*" && /^\d{1,2}$/.test(date) ? `On day ${date} of the month at ${at}` : expression;
}

function describeOften(minute: string, hour: string, date: string, day: string): string | null {
  if (hour !== "*" || date !== "*" || day !== "*") return null;
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (step) return `Every ${step} minutes`;
  if (minute === "*") return "Every minute";
  return /^\d{1,2}$/.test(minute) ? `Every hour at :${minute.padStart(2, "0")}` : null;
}

function timeOf(minute: string, hour: string): string | null {
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return null;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

function onDay(day: string, at: string, expression: string): string {
  const name = /^[0-7]$/.test(day) ? days[Number(day) % 7] : undefined;
  return name ? `Every ${name} at ${at}` : expression;
}
