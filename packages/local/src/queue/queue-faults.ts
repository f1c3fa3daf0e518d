import { newSeed, seededRandom } from "../seeded-random.ts";

/** What a real queue does on a bad day. Random choices follow the seed. */
export interface QueueFaults {
  readonly seed: number;
  reseed(seed: number): void;
  /** Delivers, with probability `p`, an attempt twice. */
  duplicate(p: number): void;
  /** Lets later messages, with probability `p`, overtake one that is due: it waits up to `withinMs`. */
  reorder(p: number, withinMs?: number): void;
  /** Starts no delivery until `release()`; publishing goes on. */
  hold(): void;
  release(): void;
  /** Refuses the next publish and batch requests. */
  refusePublish(times?: number, status?: number): void;
  /** Stores what the next publish and batch requests bring and then cuts the connection. */
  dropAfterPublish(times?: number): void;
  /** Ends all faults and releases what is held. */
  clear(): void;
}

export class QueueFaultPlan implements QueueFaults {
  seed: number;
  private random: () => number;
  private duplicateChance = 0;
  private reorderChance = 0;
  private reorderWithinMs = 0;
  private refusals = 0;
  private refusalStatus = 503;
  private drops = 0;
  private readonly setHeld: (held: boolean) => void;

  constructor(setHeld: (held: boolean) => void, seed = newSeed()) {
    this.setHeld = setHeld;
    this.seed = seed;
    this.random = seededRandom(seed);
  }

  reseed(seed: number): void {
    this.seed = seed;
    this.random = seededRandom(seed);
  }

  duplicate(p: number): void {
    this.duplicateChance = p;
  }

  reorder(p: number, withinMs = 100): void {
    this.reorderChance = p;
    this.reorderWithinMs = withinMs;
  }

  hold(): void {
    this.setHeld(true);
  }

  release(): void {
    this.setHeld(false);
  }

  refusePublish(times = 1, status = 503): void {
    this.refusals = times;
    this.refusalStatus = status;
  }

  dropAfterPublish(times = 1): void {
    this.drops = times;
  }

  clear(): void {
    this.duplicateChance = 0;
    this.reorderChance = 0;
    this.refusals = 0;
    this.drops = 0;
    this.release();
  }

  takeDuplicate(): boolean {
    return this.duplicateChance > 0 && this.random() < this.duplicateChance;
  }

  takeDetourMs(): number {
    if (this.reorderChance === 0 || this.random() >= this.reorderChance) return 0;
    return 1 + this.random() * this.reorderWithinMs;
  }

  takeRefusal(): number | undefined {
    if (this.refusals === 0) return undefined;
    this.refusals -= 1;
    return this.refusalStatus;
  }

  takeDrop(): boolean {
    if (this.drops === 0) return false;
    this.drops -= 1;
    return true;
  }
}
