import { type InvocationOutcome, type RunResult, runResult } from "@boardroom/contract";
import { cleanText } from "../edge/clean-text.ts";
import { failed } from "../http/read-answer.ts";
import { asObject, asObjects, asString, type JsonObject } from "../local/toolkit/json.ts";

const maxIdChars = 200;
const maxSummaryChars = 8000;

/** What the answer to a sent message means: a task (`{task}`, or itself in 0.x), or a message as the whole answer. */
export function readSent(result: JsonObject, httpStatus: number): InvocationOutcome {
  const message = asObject(result.message) ?? (result.kind === "message" ? result : null);
  if (!message) return readTask(asObject(result.task) ?? result, httpStatus);
  const summary = textOf(message.parts);
  return finish(httpStatus, { status: "succeeded", summary, sessionParams: sessionOf(message.contextId, null) });
}

/** What the state of a task means for the run. */
export function readTask(task: JsonObject, httpStatus: number): InvocationOutcome {
  const id = readId(task.id);
  const status = asObject(task.status);
  const state =
    asString(status?.state)
      ?.replace(/^TASK_STATE_/, "")
      .toLowerCase()
      .replaceAll("_", "-") ?? null;
  if (id === null || state === null) return failed(false, "invalid_answer", "The agent's task has no id or no state.");
  if (state === "submitted" || state === "working") return { kind: "accepted", httpStatus, externalRunId: id };
  const said = textOf(asObject(status?.message)?.parts);
  const end = { externalRunId: id, sessionParams: sessionOf(task.contextId, null) };
  const made = asObjects(task.artifacts).map(({ parts }) => textOf(parts));
  switch (state) {
    case "completed":
      return finish(httpStatus, {
        ...end,
        status: "succeeded",
        summary: joined([...made, made.length > 0 ? null : said]),
      });
    case "input-required": {
      const sessionParams = sessionOf(task.contextId, id);
      return finish(httpStatus, {
        ...end,
        status: "succeeded",
        summary: `The agent asks: ${said ?? "it needs input."}`,
        sessionParams,
      });
    }
    case "auth-required":
      return finish(httpStatus, failure(end, "auth_required", "config", said ?? "The agent needs an authorization."));
    case "canceled":
      return finish(httpStatus, { ...end, status: "cancelled", summary: said });
    case "rejected":
      return finish(httpStatus, failure(end, "rejected", "permanent", said ?? "The agent rejected the task."));
    case "failed":
      return finish(httpStatus, failure(end, "task_failed", "permanent", said ?? "The agent's task failed."));
    default:
      return failed(
        false,
        "invalid_answer",
        `The agent's task is in a state that isn't known: ${cleanText(state, 60)}.`,
      );
  }
}

const failure = (
  end: Pick<RunResult, "externalRunId" | "sessionParams">,
  errorCode: string,
  errorFamily: "config" | "permanent",
  error: string,
): RunResult => ({ ...end, status: "failed", errorCode, errorFamily, error });

/** A result is as untrusted as any answer: it is parsed like one. */
function finish(httpStatus: number, result: RunResult): InvocationOutcome {
  const parsed = runResult.safeParse(result);
  if (!parsed.success) return failed(false, "invalid_answer", "The agent's result is not of the right form.");
  return { kind: "finished", httpStatus, result: parsed.data };
}

const readId = (value: unknown): string | null => {
  const id = asString(value);
  return id !== null && id.length <= maxIdChars && cleanText(id, maxIdChars) === id ? id : null;
};

function sessionOf(contextId: unknown, taskId: string | null): Record<string, unknown> | null {
  const sessionId = readId(contextId);
  if (sessionId === null) return null;
  return taskId === null ? { sessionId } : { sessionId, taskId };
}

/** The text of a message's or an artifact's parts; files are only named. */
function textOf(parts: unknown): string | null {
  return joined(asObjects(parts).map((part) => asString(part.text) ?? fileName(part)));
}

const fileName = (part: JsonObject): string | null => {
  const name = asString(part.filename) ?? asString(asObject(part.file)?.name);
  return name === null ? null : `[${name}]`;
};

function joined(texts: readonly (string | null)[]): string | null {
  const text = texts.filter((each) => each !== null).join("\n\n");
  return text === "" ? null : cleanText(text, maxSummaryChars);
}
