/** Whoever comes back after so long has been away. */
const awayMs = 30 * 60_000;
const keptSeconds = 180 * 86_400;

export interface Visit {
  /** When the visit before this one ended; null on the first. */
  since: string | null;
  /** Notes down that somebody was here now. */
  cookie: string;
}

/** When somebody was last here before this visit, which lasts as long as they keep looking, out of a cookie of their browser. */
export function readVisit(request: Request, companyId: string, nowMs: number): Visit {
  const name = `visit-${companyId}`;
  const stored = new RegExp(`(?:^|;\\s*)${name}=(\\d{1,15})\\.(\\d{1,15})(?:;|$)`).exec(
    request.headers.get("cookie") ?? "",
  );
  const [before, seen] = [Number(stored?.[1] ?? 0), Math.min(Number(stored?.[2] ?? 0), nowMs)];
  const ended = nowMs - seen > awayMs ? seen : Math.min(before, nowMs);
  return {
    since: ended === 0 ? null : new Date(ended).toISOString(),
    cookie: `${name}=${ended}.${nowMs}; Path=/; Max-Age=${keptSeconds}; SameSite=Lax; HttpOnly`,
  };
}
