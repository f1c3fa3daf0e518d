import type { ExecutionContext } from "../local-adapter.ts";

/**
 * The session that a run may go on with: made in this very folder, and with a name that can't be read as an option of the
 * program.
 */
export function resumableSession({ session, cwd }: Pick<ExecutionContext, "session" | "cwd">): string | null {
  if (!session || !isSessionId(session.id)) return null;
  return session.params.cwd === cwd ? session.id : null;
}

/** What the next run of the task is given back. */
export const sessionParams = (sessionId: string, cwd: string): Record<string, unknown> => ({ sessionId, cwd });

/** Session ids come from a program's output and go back into its arguments. */
export const isSessionId = (id: unknown): id is string =>
  typeof id === "string" && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/.test(id);
