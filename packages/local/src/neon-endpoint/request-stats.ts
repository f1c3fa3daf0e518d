/** How many HTTP requests came in, and from whom, by the header `x-boardroom-tag`. */
export interface RequestStats {
  readonly total: number;
  readonly byTag: Readonly<Record<string, number>>;
  count(tag: string): number;
  reset(): void;
}

export const UNTAGGED = "untagged";

export class RequestCounter implements RequestStats {
  total = 0;
  private tags = new Map<string, number>();

  get byTag(): Record<string, number> {
    return Object.fromEntries(this.tags);
  }

  count(tag: string): number {
    return this.tags.get(tag) ?? 0;
  }

  reset(): void {
    this.total = 0;
    this.tags = new Map();
  }

  add(tag: string): void {
    this.total += 1;
    this.tags.set(tag, this.count(tag) + 1);
  }
}
