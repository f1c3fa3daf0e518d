/** What the server's clock says, learned from the `Date` of its answers: a laptop's own clock may be minutes off. */
export interface ServerClock {
  now(): number;
  /** How far this machine's clock is behind the server's; 0 until a first answer came. */
  offsetMs(): number;
  learn(date: string | null, sentAt: number, receivedAt: number): void;
}

/** `Date` has whole seconds; a difference below this may be rounding and way. */
const tolerableMs = 3000;

export function createServerClock(localNow: () => number = Date.now): ServerClock {
  let offset = 0;
  return {
    now: () => localNow() + offset,
    offsetMs: () => offset,
    learn(date, sentAt, receivedAt) {
      const told = date === null ? Number.NaN : Date.parse(date);
      // An answer that was long on its way says little of the time.
      if (Number.isNaN(told) || receivedAt - sentAt > 10_000) return;
      const difference = told + 500 - (sentAt + receivedAt) / 2;
      offset = Math.abs(difference) > tolerableMs ? difference : 0;
    },
  };
}
