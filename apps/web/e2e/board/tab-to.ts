import type { Locator, Page } from "playwright-core";

/** Moves the focus Tab by Tab to what is wanted, as somebody without a mouse goes. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 80; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${target}`);
}
