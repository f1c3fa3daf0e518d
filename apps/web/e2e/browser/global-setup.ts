import type { TestProject } from "vitest/node";
import { type FoundChromium, findChromium } from "./find-chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    chromium: FoundChromium;
  }
}

/** Finds the browser once for all files. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide("chromium", await findChromium());
}
