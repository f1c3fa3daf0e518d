const skewMs = 5 * 60_000;

/** Lets this process's clock be five minutes fast, slow or right by turns; the database keeps its own. */
export function skewClock(everyMs: number): { stop(): void; turns(): number } {
  const RealDate = globalThis.Date;
  let offsetMs = 0;
  let turns = 0;
  class SkewedDate extends RealDate {
    constructor(...args: [] | [value: number | string | Date]) {
      if (args.length === 0) super(RealDate.now() + offsetMs);
      else super(args[0]);
    }
    static override now(): number {
      return RealDate.now() + offsetMs;
    }
  }
  Reflect.set(globalThis, "Date", SkewedDate);
  const timer = setInterval(() => {
    turns += 1;
    offsetMs = [skewMs, 0, -skewMs][turns % 3] ?? 0;
  }, everyMs);
  return {
    turns: () => turns,
    stop() {
      clearInterval(timer);
      Reflect.set(globalThis, "Date", RealDate);
    },
  };
}
