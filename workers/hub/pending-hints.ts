import type { RunnerHint } from "@boardroom/contract";

/** More than these a runner that was away doesn't need to hear: it looks at everything when it comes. */
const maxPending = 50;

/** Hints for runners that are away or between two polls. Written only when there is one, so that an idle hub writes nothing. */
export class PendingHints {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async add(runnerId: string, hint: RunnerHint): Promise<void> {
    const pending = await this.#read(runnerId);
    const isKnown = pending.some((each) => JSON.stringify(each) === JSON.stringify(hint));
    if (!isKnown && pending.length < maxPending) await this.#storage.put(keyOf(runnerId), [...pending, hint]);
  }

  /** Hands out what there is; it is gone then. */
  async take(runnerId: string): Promise<RunnerHint[]> {
    const pending = await this.#read(runnerId);
    if (pending.length > 0) await this.#storage.delete(keyOf(runnerId));
    return pending;
  }

  async #read(runnerId: string): Promise<RunnerHint[]> {
    return (await this.#storage.get<RunnerHint[]>(keyOf(runnerId))) ?? [];
  }
}

const keyOf = (runnerId: string) => `pending:${runnerId}`;
