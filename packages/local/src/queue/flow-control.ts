import type { FlowControl } from "./queue-message.ts";

/** Most deliveries at one time over all keys. */
const MAX_PARALLEL = 100;

interface Lane {
  control: FlowControl | undefined;
  waiting: (() => Promise<void>)[];
  active: number;
  windowStart: number;
  startedInWindow: number;
  timer?: NodeJS.Timeout;
}

/** Starts work in the order it came, as fast as each flow-control key allows. */
export class FlowGate {
  private held = false;
  /** True after `close()`: nothing will start any more. */
  closed = false;
  active = 0;
  private readonly lanes = new Map<string, Lane>();

  /** `work` reports its own failures. */
  push(control: FlowControl | undefined, work: () => Promise<void>): void {
    const key = control?.key ?? "";
    const lane = this.lanes.get(key) ?? { control, waiting: [], active: 0, windowStart: 0, startedInWindow: 0 };
    // The last message's numbers hold for its key.
    lane.control = control;
    lane.waiting.push(work);
    this.lanes.set(key, lane);
    this.drain();
  }

  /** Starts whatever may start now. */
  drain(): void {
    if (this.held) return;
    for (const [key, lane] of this.lanes) {
      while (lane.waiting.length > 0 && this.mayStart(lane)) this.start(lane);
      if (key !== "" && lane.waiting.length === 0 && lane.active === 0 && !lane.control?.rate) this.lanes.delete(key);
    }
  }

  hold(held: boolean): void {
    this.held = held || this.closed;
    this.drain();
  }

  close(): void {
    this.closed = true;
    this.held = true;
    for (const lane of this.lanes.values()) clearTimeout(lane.timer);
    this.lanes.clear();
  }

  private mayStart(lane: Lane): boolean {
    const { parallelism, rate, periodMs = 0 } = lane.control ?? {};
    if (this.active >= MAX_PARALLEL || (parallelism !== undefined && lane.active >= parallelism)) return false;
    if (rate === undefined) return true;
    const now = performance.now();
    if (now >= lane.windowStart + periodMs) {
      lane.windowStart = now;
      lane.startedInWindow = 0;
    }
    if (lane.startedInWindow < rate) return true;
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => this.drain(), lane.windowStart + periodMs - now + 1);
    return false;
  }

  private start(lane: Lane): void {
    const work = lane.waiting.shift();
    if (!work) return;
    lane.active += 1;
    lane.startedInWindow += 1;
    this.active += 1;
    work().finally(() => {
      lane.active -= 1;
      this.active -= 1;
      this.drain();
    });
  }
}
