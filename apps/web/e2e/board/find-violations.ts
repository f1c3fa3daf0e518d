import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
interface Axe {
  axe?: { run(context: Document, options: object): Promise<Results> };
}

/** The serious and critical accessibility violations of a page, each with the places it is found. */
export async function findViolations(page: Page): Promise<string[]> {
  return describe(await new AxeBuilder({ page }).setLegacyMode(true).analyze());
}

/** Low contrasts of a page that was checked already and has changed its colours since: takes a tenth of the time. */
export async function findLowContrasts(page: Page): Promise<string[]> {
  const results = await page.evaluate(() =>
    (window as Window & Axe).axe?.run(document, { runOnly: ["color-contrast"], resultTypes: ["violations"] }),
  );
  if (!results) throw new Error("The page was not checked before");
  return describe(results);
}

function describe({ violations }: Results): string[] {
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(" | ")}`);
}
