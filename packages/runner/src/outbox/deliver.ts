import { BoardroomError } from "@boardroom/contract";
import type { Api } from "../api/api.ts";
import { type Judgement, judgeError, messageOf } from "../api/judge-error.ts";
import { backoffMs, pause } from "../connection/backoff.ts";
import type { Letter, Outbox } from "./outbox.ts";

export interface Delivery {
  runId: string;
  /** The newest token of the run. */
  token(): string;
  /** The run isn't ours any more: nothing is to be said about it. */
  signal: AbortSignal;
  /** Whether the end of the run may be told by now; without it, it may. */
  mayEnd?(): boolean;
}

export type Delivered = "accepted" | "superseded" | "waiting";

/** Sends the letters of a run, the oldest first, each until it is accepted; all are dropped when the run isn't ours any more. */
export async function deliver(
  api: Api,
  outbox: Outbox,
  { runId, token, signal, mayEnd }: Delivery,
): Promise<Delivered> {
  let failures = 0;
  for (let next = outbox.peek(runId); next !== null; next = outbox.peek(runId)) {
    if (signal.aborted) break;
    if (next.letter.operation === "runs.complete" && mayEnd?.() === false) return "waiting";
    try {
      await send(api, runId, next.letter, token());
      outbox.remove(runId, next.file);
      failures = 0;
    } catch (error) {
      const judgement = judgeLetter(next.letter, error);
      if (judgement === "superseded") {
        outbox.drop(runId);
        return "superseded";
      }
      if (judgement === "refused") {
        replaceRefused(outbox, runId, next, messageOf(error));
        continue;
      }
      failures += 1;
      await pause(backoffMs(failures, 500, 15_000), signal);
    }
  }
  if (!signal.aborted) return "accepted";
  outbox.drop(runId);
  return "superseded";
}

/** A workspace that is gone says nothing of the run that worked in it. */
function judgeLetter({ operation }: Letter, error: unknown): Judgement {
  const isGone = error instanceof BoardroomError && error.code === "not_found";
  return operation === "executionWorkspaces.report" && isGone ? "refused" : judgeError(error);
}

function send(api: Api, runId: string, letter: Letter, token: string): Promise<unknown> {
  if (letter.operation === "runs.complete") {
    return api.call("runs.complete", { params: { id: runId }, body: letter.body }, { token });
  }
  const { executionWorkspaceId: id, body } = letter;
  return api.call("executionWorkspaces.report", { params: { id }, body }, { token });
}

const refusedCode = "result_refused";

/** An end that the server doesn't take would leave the run open until its lease is over: it gets a plain one instead. */
function replaceRefused(
  outbox: Outbox,
  runId: string,
  { file, letter }: { file: string; letter: Letter },
  why: string,
) {
  outbox.remove(runId, file);
  if (letter.operation !== "runs.complete" || letter.body?.errorCode === refusedCode) return;
  const error = `The result of the run was refused: ${why}`.slice(0, 2000);
  const { usage, costUsd, provider, model } = letter.body ?? {};
  outbox.put(runId, {
    operation: "runs.complete",
    body: {
      status: "failed",
      error,
      errorCode: refusedCode,
      errorFamily: "permanent",
      usage,
      costUsd,
      provider,
      model,
    },
  });
}
