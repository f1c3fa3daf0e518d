import { asInstant, asObject, asObjects, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";

/** An event of `codex exec --json`, or a message of `codex app-server`. */
export function readCodexEvent(event: JsonObject): readonly Step[] | null {
  if (typeof event.method === "string") {
    const at = asInstant(event.emittedAtMs);
    const read = readMessage(event.method, asObject(event.params) ?? {});
    return at === null ? read : read.map((step) => ({ ...step, at }));
  }
  if (event.id !== undefined && event.type === undefined) return readAnswer(event);
  switch (event.type) {
    case "thread.started":
      return [steps.system(`Session ${asString(event.thread_id) ?? "?"}`)];
    case "item.started":
      return readStarted(asObject(event.item) ?? {});
    case "item.completed":
      return readCompleted(asObject(event.item) ?? {});
    case "turn.failed":
      return [steps.result(asString(asObject(event.error)?.message) ?? "It failed.", true)];
    case "error":
      return [steps.failure(asString(event.message) ?? "There was an error.")];
    case "turn.started":
    case "turn.completed":
    case "item.updated":
      return [];
    default:
      return null;
  }
}

/** What the app server tells or asks. There are hundreds of kinds: those that tell nothing of the work are left out. */
function readMessage(method: string, params: JsonObject): readonly Step[] {
  const message = asString(params.message);
  const error = asString(asObject(params.error)?.message);
  switch (method) {
    case "thread/started":
      return [steps.system(`Session ${asString(asObject(params.thread)?.id) ?? "?"}`)];
    case "item/started":
      return readStarted(asObject(params.item) ?? {});
    case "item/completed":
      return readCompleted(asObject(params.item) ?? {});
    case "error":
      return [steps.failure(error ?? "There was an error.")];
    case "warning":
      return message === null ? [] : [steps.system(message)];
    case "item/commandExecution/requestApproval":
      return [steps.system(`May it run this? ${asString(params.command) ?? ""}`)];
    case "item/fileChange/requestApproval":
      return [steps.system(`May it change these files? ${asString(params.reason) ?? ""}`.trim())];
    case "turn/completed": {
      const turn = asObject(params.turn);
      const failure = asString(asObject(turn?.error)?.message);
      return turn?.status === "failed" ? [steps.result(failure ?? "It failed.", true)] : [];
    }
    default:
      return [];
  }
}

function readAnswer(event: JsonObject): readonly Step[] {
  const error = asString(asObject(event.error)?.message);
  return error === null ? [] : [steps.failure(error)];
}

/** The app server writes in camel case what `codex exec` writes with underscores. */
const typeOf = (item: JsonObject): string =>
  (asString(item.type) ?? "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function readStarted(item: JsonObject): readonly Step[] {
  switch (typeOf(item)) {
    case "command_execution":
      return [steps.toolCall("shell", asString(item.command))];
    case "mcp_tool_call":
      return [steps.toolCall(mcpName(item), showValue(item.arguments))];
    case "file_change":
      return [steps.toolCall("apply_patch", changesOf(item))];
    default:
      return [];
  }
}

function readCompleted(item: JsonObject): readonly Step[] {
  const text = asString(item.text);
  const isFailed = item.status === "failed" || item.status === "declined";
  switch (typeOf(item)) {
    case "agent_message":
      return text === null ? [] : [steps.assistant(text)];
    case "reasoning": {
      const thought =
        text ?? (Array.isArray(item.summary) ? item.summary.filter((part) => typeof part === "string").join("\n") : "");
      return thought === "" ? [] : [steps.thinking(thought)];
    }
    case "command_execution": {
      const code = item.exit_code ?? item.exitCode;
      const output = asString(item.aggregated_output) ?? asString(item.aggregatedOutput) ?? "";
      const said = item.status === "declined" ? "Denied." : output;
      return [steps.toolResult(said, isFailed || (typeof code === "number" && code !== 0), "shell")];
    }
    case "mcp_tool_call": {
      const error = asString(asObject(item.error)?.message);
      return [steps.toolResult(error ?? mcpResult(item.result), isFailed || error !== null, mcpName(item))];
    }
    case "file_change":
      return [steps.toolResult(item.status === "declined" ? "Denied." : changesOf(item), isFailed, "apply_patch")];
    case "web_search":
      return [steps.toolCall("web_search", asString(item.query))];
    case "error":
      return [steps.failure(asString(item.message) ?? "There was an error.")];
    default:
      return [];
  }
}

const mcpName = (item: JsonObject): string =>
  [item.server, item.tool].filter((part) => typeof part === "string").join(".");

const mcpResult = (result: unknown): string => {
  const texts = asObjects(asObject(result)?.content).map(({ text }) => asString(text));
  return texts.filter((text) => text !== null).join("\n");
};

const changesOf = (item: JsonObject): string =>
  asObjects(item.changes)
    .map(({ path, kind }) => `${showValue(asObject(kind)?.type ?? kind)} ${asString(path) ?? "?"}`)
    .join("\n");
