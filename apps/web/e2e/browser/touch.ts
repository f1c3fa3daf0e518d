import type { Locator, Page } from "playwright-core";

interface Point {
  x: number;
  y: number;
}

const middleOf = async (place: Locator): Promise<Point> => {
  const box = await place.boundingBox();
  if (!box) throw new Error("It is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40) };
};

/** A finger rests on something until that shows. */
export async function holdUntil(page: Page, place: Locator, isHeld: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touchPoints = [await middleOf(place)];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await isHeld();
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

/**
 * A finger rests on something until it is held, carries it to another place and lets go there.
 * @param isHeld waits for what shows that it is held
 */
export async function holdAndCarry(page: Page, from: Locator, to: Locator, isHeld: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [start, end] = [await middleOf(from), await middleOf(to)];
  const at = (point: Point) => [{ x: Math.round(point.x), y: Math.round(point.y) }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(start) });
  await isHeld();
  for (const share of [0.25, 0.5, 0.75, 1, 1])
    await session.send("Input.dispatchTouchEvent", {
      type: "touchMove",
      touchPoints: at({ x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }),
    });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}
