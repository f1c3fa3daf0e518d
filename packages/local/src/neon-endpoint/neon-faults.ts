import { newSeed, seededRandom } from "../seeded-random.ts";
import type { Statement } from "./sql-request.ts";

/** A caller's tag, or a pattern on the SQL of any statement of the request; everything when left out. */
export type FaultMatch = string | RegExp;
export type FaultChance = { times: number } | { probability: number };

export interface NeonFaults {
  readonly seed: number;
  /** Starts the random sequence again from `seed`. */
  reseed(seed: number): void;
  /** Waits before each matching request is executed, a fixed time or a random one of the range. */
  delay(ms: number | [min: number, max: number], match?: FaultMatch): void;
  /** Cuts the connection before anything is executed; once unless told otherwise. */
  dropBefore(match?: FaultMatch, chance?: FaultChance): void;
  /** Executes and commits, and then cuts the connection instead of answering; once unless told otherwise. */
  dropAfterCommit(match?: FaultMatch, chance?: FaultChance): void;
  clear(): void;
  /** Requests that were dropped since the last `clear()`. */
  readonly struck: number;
}

interface DropRule {
  match: FaultMatch | undefined;
  left: number;
  probability: number;
}

export class FaultPlan implements NeonFaults {
  seed: number;
  struck = 0;
  private random: () => number;
  private delays: { match: FaultMatch | undefined; min: number; max: number }[] = [];
  private before: DropRule[] = [];
  private after: DropRule[] = [];

  constructor(seed = newSeed()) {
    this.seed = seed;
    this.random = seededRandom(seed);
  }

  reseed(seed: number): void {
    this.seed = seed;
    this.random = seededRandom(seed);
  }

  delay(ms: number | [number, number], match?: FaultMatch): void {
    const [min, max] = typeof ms === "number" ? [ms, ms] : ms;
    this.delays.push({ match, min, max });
  }

  dropBefore(match?: FaultMatch, chance: FaultChance = { times: 1 }): void {
    this.before.push(makeRule(match, chance));
  }

  dropAfterCommit(match?: FaultMatch, chance: FaultChance = { times: 1 }): void {
    this.after.push(makeRule(match, chance));
  }

  clear(): void {
    this.delays = [];
    this.before = [];
    this.after = [];
    this.struck = 0;
  }

  /** Whether any fault is set: the hot path asks nothing more. */
  get active(): boolean {
    return this.delays.length + this.before.length + this.after.length > 0;
  }

  delayMs(tag: string, statements: Statement[]): number {
    let sum = 0;
    for (const { match, min, max } of this.delays) {
      if (matches(match, tag, statements)) sum += min + this.random() * (max - min);
    }
    return sum;
  }

  dropsBefore(tag: string, statements: Statement[]): boolean {
    return this.before.some((rule) => this.strikes(rule, tag, statements));
  }

  dropsAfter(tag: string, statements: Statement[]): boolean {
    return this.after.some((rule) => this.strikes(rule, tag, statements));
  }

  private strikes(rule: DropRule, tag: string, statements: Statement[]): boolean {
    if (rule.left === 0 || !matches(rule.match, tag, statements) || this.random() >= rule.probability) return false;
    rule.left -= 1;
    this.struck += 1;
    return true;
  }
}

function makeRule(match: FaultMatch | undefined, chance: FaultChance): DropRule {
  if ("times" in chance) return { match, left: chance.times, probability: 1 };
  return { match, left: Number.POSITIVE_INFINITY, probability: chance.probability };
}

function matches(match: FaultMatch | undefined, tag: string, statements: Statement[]): boolean {
  if (match === undefined) return true;
  return typeof match === "string" ? match === tag : statements.some(({ text }) => text.search(match) >= 0);
}
