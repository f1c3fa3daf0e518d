const last = new Map<string, Promise<unknown>>();

/** Does work on one place after what others do there: runs of one machine share clones, and a worktree may just be on its way out. */
export function oneAtATime<T>(place: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(place) ?? Promise.resolve()).then(work, work);
  last.set(place, mine);
  const forget = () => {
    if (last.get(place) === mine) last.delete(place);
  };
  mine.then(forget, forget);
  return mine;
}
