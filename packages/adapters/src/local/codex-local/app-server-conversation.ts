import type { ExecutionContext } from "../local-adapter.ts";
import { asObject, asString, type Conversation, type JsonObject, parseObject } from "../toolkit/index.ts";
import { type Asked, decideRequest } from "./decide-request.ts";
import { initializeRequestId, request, steerRequestId, threadRequestId, turnRequestId } from "./requests.ts";

export interface AppServerTurn {
  /** Of `thread/start` and `thread/resume`. */
  thread: Readonly<Record<string, unknown>>;
  prompt: string;
  effort: string | null;
}

/** What comes whole later on, and would make the log many times as long. */
const unheard = [
  "item/agentMessage/delta",
  "item/commandExecution/outputDelta",
  "item/fileChange/outputDelta",
  "item/plan/delta",
  "item/reasoning/summaryTextDelta",
  "item/reasoning/textDelta",
  "thread/status/changed",
  "account/rateLimits/updated",
];

/** The first line that the app server is sent. */
export const initializeLine = `${request(initializeRequestId, "initialize", {
  clientInfo: { name: "boardroom", title: "Boardroom", version: "1" },
  capabilities: { experimentalApi: false, optOutNotificationMethods: unheard },
})}\n`;

/** Leads the app server through one turn: opens or resumes the thread, asks the board for it, and lets it go at the end. */
export function startAppServerConversation(
  context: ExecutionContext,
  turn: AppServerTurn,
  session: string | null,
): Conversation {
  let threadId: string | null = null;
  let turnId: string | null = null;
  const asked: Asked = { changes: new Map() };
  return (line, process) => {
    const event = parseObject(line);
    const method = asString(event?.method);
    if (!event) return;
    const params = asObject(event.params) ?? {};
    if (method === null) {
      const next = answerTo(event, turn, session);
      if (event.id === threadRequestId) threadId = threadOf(event);
      if (next === "end") process.end();
      else for (const each of next) process.send(each);
      return;
    }
    if (event.id !== undefined) {
      const tell = (note: string) => {
        if (threadId !== null && turnId !== null) process.send(steer(threadId, turnId, note));
      };
      decideRequest(context, asked, { id: event.id, method, params }).then(({ answer, note }) => {
        // Before the answer: as long as it waits for one, its turn can't be over.
        if (note !== null) tell(note);
        process.send(JSON.stringify(answer));
      });
      return;
    }
    if (method === "item/started") rememberChange(asked, asObject(params.item) ?? {});
    if (params.threadId !== threadId) return;
    if (method === "turn/started") turnId = asString(asObject(params.turn)?.id);
    if (method === "turn/completed") process.end();
  };
}

/** What follows on an answer of the app server. */
function answerTo(event: JsonObject, turn: AppServerTurn, session: string | null): readonly string[] | "end" {
  if (event.id === steerRequestId) return [];
  if (event.error !== undefined) return "end";
  if (event.id === initializeRequestId) {
    const open =
      session === null
        ? request(threadRequestId, "thread/start", turn.thread)
        : request(threadRequestId, "thread/resume", { ...turn.thread, threadId: session, excludeTurns: true });
    return [JSON.stringify({ method: "initialized" }), open];
  }
  if (event.id !== threadRequestId) return [];
  const threadId = threadOf(event);
  if (threadId === null) return "end";
  const input = [{ type: "text", text: turn.prompt }];
  return [request(turnRequestId, "turn/start", { threadId, input, ...(turn.effort ? { effort: turn.effort } : {}) })];
}

const threadOf = (event: JsonObject): string | null => asString(asObject(asObject(event.result)?.thread)?.id);

const steer = (threadId: string, expectedTurnId: string, text: string): string =>
  request(steerRequestId, "turn/steer", { threadId, expectedTurnId, input: [{ type: "text", text }] });

/** A question about a file change names only its item: what it would change was told before. */
function rememberChange(asked: Asked, item: JsonObject): void {
  const id = asString(item.id);
  if (item.type === "fileChange" && id !== null && asked.changes.size < 1000) asked.changes.set(id, item.changes);
}
