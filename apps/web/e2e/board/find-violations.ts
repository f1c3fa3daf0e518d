import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
interface Axe {
  axe?: { run(context: Document, options: object): Promise<Results> };
}

// The builder brings axe along and takes its own way into the page, with frames and every rule that passed, at four times
// the time; the board has no frames.
const builder = createRequire(import.meta.url).resolve("@axe-core/playwright");
const source = readFileSync(createRequire(builder).resolve("axe-core/axe.min.js"), "utf8");

/** The serious and critical accessibility violations of a page, each with the places it is found. */
export async function findViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return run(page, {});
}

/** Low contrasts of a page that was checked already and has changed its colours since: takes a tenth of the time. */
export function findLowContrasts(page: Page): Promise<string[]> {
  return run(page, { runOnly: ["color-contrast"] });
}

async function run(page: Page, options: object): Promise<string[]> {
  const violations = await page.evaluate(
    async (options) => (await (window as Window & Axe).axe?.run(document, options))?.violations,
    { ...options, resultTypes: ["violations"] },
  );
  if (!violations) throw new Error("The page was not checked before");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(" | ")}`);
}
