import { BoardroomError } from "@boardroom/contract";

/**
 * What an error of a call means for what was to be told. `superseded`: somebody else has the run, or nobody; nothing more is
 * to be said about it. `later`: the same again may go through. `refused`: never so, and it is our fault.
 */
export type Judgement = "superseded" | "later" | "refused";

export function judgeError(error: unknown): Judgement {
  if (!(error instanceof BoardroomError)) return "later";
  const { code, status } = error;
  // A run token is over when its lease is.
  if (code === "lease_lost" || code === "not_found" || code === "unauthenticated") return "superseded";
  if (status >= 500 || status === 429 || code === "stale_state") return "later";
  return "refused";
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
