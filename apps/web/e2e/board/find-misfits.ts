import type { Page } from "playwright-core";

/** What does not fit a phone's screen: sideways scrolling, targets too low for a finger or below something else, clipped words. */
export function findMisfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const leastTargetPx = 44;
    const misfits: string[] = [];
    const nameOf = (element: Element) => {
      const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}.${element.className} "${words}"`;
    };
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isHiddenForEyes = (element: Element) => element.closest(".visually-hidden, .skip") !== null;
    const scrollsOnPurpose = (element: Element): boolean => {
      const parent = element.parentElement;
      if (parent === null) return false;
      return (
        ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(parent).overflowX) || scrollsOnPurpose(parent)
      );
    };

    // Not the window's width: a phone zooms out until what is too wide fits it.
    const { scrollWidth, clientWidth: screenWidth } = document.documentElement;
    if (scrollWidth > screenWidth) misfits.push(`the page is ${scrollWidth} px wide`);
    for (const element of document.querySelectorAll("body *")) {
      if (!isShown(element) || isHiddenForEyes(element) || scrollsOnPurpose(element)) continue;
      const { right, width } = element.getBoundingClientRect();
      if (width > 0 && right > screenWidth + 0.5) misfits.push(`${nameOf(element)} ends at ${Math.round(right)} px`);
    }

    const targets = "button, .button, summary, .tabs a, .bottom-bar a, .input, .select, .fact-button, .close, .back";
    const modal = document.querySelector("dialog:modal");
    for (const target of (modal ?? document).querySelectorAll<HTMLElement>(targets)) {
      if (!isShown(target) || isHiddenForEyes(target)) continue;
      const { height } = target.getBoundingClientRect();
      if (height < leastTargetPx - 0.5) misfits.push(`${nameOf(target)} is ${Math.round(height)} px high`);
    }
    for (const label of document.querySelectorAll<HTMLElement>("button, .button, summary, .tabs a, .bottom-bar a")) {
      if (!isShown(label) || isHiddenForEyes(label) || label.clientWidth === 0) continue;
      if (label.scrollWidth > label.clientWidth + 1) misfits.push(`${nameOf(label)} is clipped`);
    }
    for (const target of (modal ?? document).querySelectorAll<HTMLElement>(
      "button, .button, summary, .input, .select",
    )) {
      if (!isShown(target) || isHiddenForEyes(target)) continue;
      target.scrollIntoView({ block: "center", inline: "center" });
      const { left, top, width, height } = target.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (hit && !target.contains(hit) && !hit.contains(target))
        misfits.push(`${nameOf(target)} lies below ${nameOf(hit)}`);
    }
    return misfits;
  });
}
