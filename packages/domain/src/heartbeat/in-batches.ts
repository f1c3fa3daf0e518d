/** Rows of one batch of a sweep over all companies. */
export const batchSize = 500;
/** Batches of one tick; what is left over is due in the next one. */
const maxBatches = 40;

/** Repeats a batch until one is not full. @returns how many there were in all */
export async function inBatches(runBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const done = await runBatch();
    total += done;
    if (done < batchSize) break;
  }
  return total;
}
