import { BoardroomError } from "@boardroom/contract";
import type { RunnerTokenClaims, RunTokenClaims } from "@boardroom/domain";
import { parseSigned } from "hono/utils/cookie";
import { keyKind } from "../keys.ts";
import type { RunnerTokens } from "../runners/runner-tokens.ts";
import { sha256Hex } from "../sha256.ts";
import type { Tokens } from "../tokens.ts";

/** What a request proves itself with. Keys and sessions are still to be looked up; a token is proven by its signature. */
export type Credential =
  | { kind: "run"; claims: RunTokenClaims }
  | { kind: "runner"; claims: RunnerTokenClaims }
  | { kind: "agentKey"; hash: string }
  | { kind: "boardKey"; hash: string }
  | { kind: "session"; token: string };

export interface CredentialSources {
  tokens: Tokens;
  runnerTokens: RunnerTokens;
  sessionCookie: string;
  authSecret: string;
}

/**
 * Reads the credential of a request without asking the database: junk ends here. `Authorization` outranks the cookie.
 * @throws BoardroomError unauthenticated
 */
export async function readCredential(request: Request, sources: CredentialSources): Promise<Credential> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return readBearer(authorization, sources);
  const cookie = request.headers.get("cookie");
  const token = cookie === null ? undefined : await readSessionToken(cookie, sources);
  if (!token) throw unauthenticated("Sign in, or send a key as `Authorization: Bearer <key>`.");
  return { kind: "session", token };
}

async function readBearer(authorization: string, { tokens, runnerTokens }: CredentialSources): Promise<Credential> {
  const token = /^bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(authorization.trim())?.[1];
  if (!token) throw unauthenticated("Authorization must be `Bearer <key>`.");
  const kind = keyKind(token);
  if (kind) return { kind: kind === "bra" ? "agentKey" : "boardKey", hash: await sha256Hex(token) };
  const claims = await tokens.verifyRunToken(token);
  if (claims) return { kind: "run", claims };
  const runner = await runnerTokens.verifyRunnerToken(token);
  if (!runner) throw unauthenticated("This key or token is not valid, or no longer.");
  return { kind: "runner", claims: runner };
}

/** The session's token of a cookie that Better Auth signed. */
async function readSessionToken(cookie: string, sources: CredentialSources): Promise<string | undefined> {
  const signed = await parseSigned(cookie, sources.authSecret, sources.sessionCookie);
  return signed[sources.sessionCookie] || undefined;
}

export const unauthenticated = (message: string) => new BoardroomError("unauthenticated", message);
