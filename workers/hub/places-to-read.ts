/** Pieces of one log that are read in one round, at most. */
const maxPlaces = 4;

/**
 * Where to read a log for viewers at these places, so that one piece serves all that stand in it. Who follows the log's
 * end is always served; of those far behind the rest waits for the next round.
 */
export function placesToRead(offsets: readonly number[], pageBytes: number): number[] {
  const sorted = [...offsets].sort((a, b) => a - b);
  const places: number[] = [];
  for (const offset of sorted) {
    const last = places.at(-1);
    if (last === undefined || offset >= last + pageBytes) places.push(offset);
  }
  const latest = places.at(-1);
  if (places.length <= maxPlaces || latest === undefined) return places;
  return [...places.slice(0, maxPlaces - 1), latest];
}
