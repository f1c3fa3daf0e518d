import type { TestProject } from "vitest/node";
import { type StackAddresses, startStack } from "./start-stack.ts";

declare module "vitest" {
  export interface ProvidedContext {
    stack: StackAddresses;
  }
}

/** Boots one stack for the whole run; `SEED` repeats the faults of an earlier one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
  const stack = await startStack({ seed });
  project.provide("stack", stack.addresses);
  process.stdout.write(`Boardroom runs for the tests at ${stack.addresses.url}, seed ${stack.addresses.seed}\n`);
  return () => stack.stop();
}
