/**
 * All orders in which sequences of these lengths can be merged, each keeping its own order: which sequence takes the next
 * step. Of lengths 4, 2 and 3 there are 9! / (4! 2! 3!) = 1260.
 */
export function mergesOf(lengths: readonly number[]): number[][] {
  if (lengths.every((length) => length === 0)) return [[]];
  return lengths.flatMap((length, index) => {
    if (length === 0) return [];
    return mergesOf(lengths.with(index, length - 1)).map((rest) => [index, ...rest]);
  });
}

/** Runs the work over all items, each lane taking the next one when it is free. */
export async function inLanes<Lane, Item>(
  lanes: readonly Lane[],
  items: readonly Item[],
  work: (lane: Lane, item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const item of waiting) await work(lane, item);
    }),
  );
}
