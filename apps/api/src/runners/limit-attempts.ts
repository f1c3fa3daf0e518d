import { BoardroomError } from "@boardroom/contract";

const windowMs = 60_000;
const maxRemembered = 2000;

/**
 * Counts what went wrong per address, in this isolate: nobody gets to guess codes or keys at speed. What succeeds counts nothing.
 * @example const limit = createAttemptLimit(20); await limit(address, () => registerRunner(ctx, input));
 */
export function createAttemptLimit(maxFailures: number) {
  const failures = new Map<string, { count: number; since: number }>();
  return async <T>(visitor: string | null, attempt: () => Promise<T>): Promise<T> => {
    if (visitor === null) return attempt();
    const known = failures.get(visitor);
    const recent = known && Date.now() - known.since < windowMs ? known : { count: 0, since: Date.now() };
    if (recent.count >= maxFailures) {
      const retryAfterMs = Math.max(1000, recent.since + windowMs - Date.now());
      throw new BoardroomError("rate_limited", "Too many attempts. Wait a minute.", { retryAfterMs });
    }
    try {
      return await attempt();
    } catch (error) {
      const [oldest] = failures.size >= maxRemembered ? failures.keys() : [];
      if (oldest !== undefined) failures.delete(oldest);
      if (error instanceof BoardroomError) failures.set(visitor, { ...recent, count: recent.count + 1 });
      throw error;
    }
  };
}
