/** A company that nobody listens to outside is asked for again after this long. */
const knownForMs = 60_000;
/** What happens within this time is told together. */
const windowMs = 1000;

/** Whether addresses outside are to be told what happens in a company: once for all writes of a moment. */
export class Listeners {
  readonly #ask: (companyId: string) => Promise<boolean>;
  #listens: Promise<boolean> | undefined;
  #askedAt = 0;
  #toldUntil = 0;

  /** @param ask whether a company has addresses to tell */
  constructor(ask: (companyId: string) => Promise<boolean>) {
    this.#ask = ask;
  }

  /** Whether who writes now has the addresses told; for those who write in the next moment as well. */
  async areDue(companyId: string): Promise<boolean> {
    const now = Date.now();
    if (now < this.#toldUntil) return false;
    if (!this.#listens || now - this.#askedAt > knownForMs) {
      this.#askedAt = now;
      this.#listens = this.#ask(companyId);
      this.#listens.catch(() => this.forget());
    }
    if (!(await this.#listens) || now < this.#toldUntil) return false;
    this.#toldUntil = Date.now() + windowMs;
    return true;
  }

  /** There may be other addresses than before. */
  forget(): void {
    this.#listens = undefined;
  }
}
