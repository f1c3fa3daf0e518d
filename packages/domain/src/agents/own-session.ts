import type { Ctx } from "../context.ts";

interface Session {
  agentId: string;
  sessionId: string | null;
  sessionParams: Record<string, unknown> | null;
}

/** A session as the caller may see it: what it holds is between its agent and the board, and may hold a secret. */
export const shownSession = <S extends Session>({ actor }: Ctx, session: S): S =>
  actor.agentId === null || actor.agentId === session.agentId
    ? session
    : { ...session, sessionId: null, sessionParams: null };
