import type { RunnerHint } from "@boardroom/contract";

/** A poll is held so long; one that doesn't come again within the second time has gone. */
const heldMs = 25_000;
const goneAfterMs = 45_000;

interface Poll {
  answer(hints: RunnerHint[]): void;
}

/** Runners that ask again and again because no socket gets through to them. While one asks, the hub is awake. */
export class RunnerPolls {
  readonly #waiting = new Map<string, Poll>();
  readonly #known = new Map<string, number>();
  readonly #onGone: (runnerId: string) => void;

  /** @param onGone called when a runner hasn't asked for a while */
  constructor(onGone: (runnerId: string) => void) {
    this.#onGone = onGone;
  }

  /** Holds a poll until there is a hint or its time is over; an older one of the same runner is answered. */
  async hold(runnerId: string, signal: AbortSignal): Promise<RunnerHint[]> {
    this.#waiting.get(runnerId)?.answer([]);
    const poll = Promise.withResolvers<RunnerHint[]>();
    const mine: Poll = { answer: poll.resolve };
    const timer = setTimeout(() => poll.resolve([]), heldMs);
    signal.addEventListener("abort", () => poll.resolve([]), { once: true });
    this.#waiting.set(runnerId, mine);
    this.#seen(runnerId);
    const hints = await poll.promise;
    clearTimeout(timer);
    if (this.#waiting.get(runnerId) === mine) this.#waiting.delete(runnerId);
    this.#seen(runnerId);
    return hints;
  }

  /** @returns whether a poll took it */
  send(runnerId: string, hint: RunnerHint): boolean {
    const poll = this.#waiting.get(runnerId);
    this.#waiting.delete(runnerId);
    poll?.answer([hint]);
    return poll !== undefined;
  }

  isOnline = (runnerId: string): boolean => this.#known.has(runnerId);

  online(): string[] {
    return [...this.#known.keys()];
  }

  forget(runnerId: string): void {
    clearTimeout(this.#known.get(runnerId) ?? null);
    this.#known.delete(runnerId);
  }

  #seen(runnerId: string): void {
    this.forget(runnerId);
    const timer = setTimeout(() => {
      this.#known.delete(runnerId);
      this.#onGone(runnerId);
    }, goneAfterMs);
    this.#known.set(runnerId, Number(timer));
  }
}
