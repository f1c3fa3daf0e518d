/** Values of secrets by the run that was given them, forgotten after half a minute: a rotation may come in between. */
export interface RunSecretCache {
  get(run: string): readonly string[] | null;
  set(run: string, values: readonly string[]): void;
}

const keptMs = 30_000;
const maxRuns = 500;

export function createRunSecretCache(now: () => number = Date.now): RunSecretCache {
  const known = new Map<string, { values: readonly string[]; until: number }>();
  return {
    get(run) {
      const found = known.get(run);
      return found && found.until > now() ? found.values : null;
    },
    set(run, values) {
      const [oldest] = known.keys();
      if (known.size >= maxRuns && oldest !== undefined) known.delete(oldest);
      known.set(run, { values, until: now() + keptMs });
    },
  };
}
