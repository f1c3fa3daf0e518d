import type { IncomingMessage } from "node:http";
import type { Renewal, Usage } from "@boardroom/contract";
import type { Judgement } from "../api/judge-error.ts";
import { requestOf } from "../api/node-http.ts";
import type { LeaseOfRun } from "./lease-messages.ts";

/** A renewal that brought no answer to go on with; `judgement` says whether the next one may. */
export class RenewalFailed extends Error {
  readonly judgement: Judgement;

  constructor(judgement: Judgement) {
    super(`The renewal is ${judgement}.`);
    this.judgement = judgement;
  }
}

const timeoutMs = 10_000;
const maxAnswerChars = 100_000;
const actions: readonly unknown[] = ["continue", "cancel", "drain", "pause"] satisfies Renewal["action"][];

/**
 * Renews one lease. Written out by hand, because the thread that calls it holds nothing else in memory: the operations of
 * the contract would take twenty times as much as all of it.
 * @throws RenewalFailed
 */
export async function sendRenewal(
  apiUrl: string,
  { runId, token }: Pick<LeaseOfRun, "runId" | "token">,
  usage: Usage | undefined,
): Promise<Pick<Renewal, "action" | "reason" | "runToken">> {
  const url = new URL(`/api/heartbeat-runs/${encodeURIComponent(runId)}/renew`, apiUrl);
  const answered = await post(url, token, JSON.stringify(usage ? { usage } : {})).catch(() => null);
  if (typeof answered?.answer !== "object" || answered.answer === null) throw new RenewalFailed("later");
  const said: Record<string, unknown> = { ...answered.answer };
  if (answered.status !== 200) throw new RenewalFailed(isOver(said.code) ? "superseded" : "later");
  const { action, reason, runToken } = said;
  if (!isAction(action) || typeof runToken !== "string" || runToken === "") throw new RenewalFailed("later");
  return { action, reason: typeof reason === "string" ? reason.slice(0, 2000) : null, runToken };
}

async function post(url: URL, token: string, body: string): Promise<{ status: number | undefined; answer: unknown }> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "user-agent": "boardroom-runner",
  };
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    requestOf(url)(url, { method: "POST", headers, signal }, resolve).on("error", reject).end(body);
  });
  let text = "";
  for await (const part of response.setEncoding("utf8")) {
    text += part;
    if (text.length > maxAnswerChars) throw new Error("This is no answer of Boardroom.");
  }
  return { status: response.statusCode, answer: JSON.parse(text) };
}

/** A token is over when its lease is. */
const isOver = (code: unknown): boolean => code === "lease_lost" || code === "not_found" || code === "unauthenticated";

const isAction = (value: unknown): value is Renewal["action"] => actions.includes(value);
