import { asInstant, asObject, asObjects, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";
import type { EventReader } from "../toolkit/transcript-of.ts";

/** Events of `pi --mode json`. Messages are read when they are whole; what comes before and repeats them isn't. */
export const readPiEvent: EventReader = (event) => {
  const type = asString(event.type);
  if (type !== null && silent.has(type)) return [];
  return type !== null && Object.hasOwn(readers, type) ? (readers[type]?.(event) ?? null) : null;
};

const silent: ReadonlySet<string> = new Set([
  "agent_start",
  "agent_end",
  "turn_start",
  "turn_end",
  "message_start",
  "message_update",
  "tool_execution_start",
  "tool_execution_update",
  "queue_update",
]);

const readers: Readonly<Record<string, (event: JsonObject) => readonly Step[]>> = {
  session: ({ id, timestamp }) => [{ ...steps.system(`Session ${asString(id) ?? "?"}`), at: asInstant(timestamp) }],
  message_end({ message }) {
    const told = asObject(message) ?? {};
    const at = asInstant(told.timestamp);
    return readMessage(told).map((step) => ({ ...step, at }));
  },
  tool_execution_end({ toolName, result, isError }) {
    const text = contentText(asObject(result)?.content) || showValue(asObject(result) === null ? result : "");
    return [steps.toolResult(text, isError === true, asString(toolName))];
  },
  compaction_start: ({ reason }) => [steps.system(`Shortens its memory (${asString(reason) ?? "?"})`)],
  compaction_end: () => [],
  auto_retry_start: ({ errorMessage }) => [steps.failure(`Tries again: ${asString(errorMessage) ?? "an error"}`)],
  auto_retry_end: () => [],
};

function readMessage(message: JsonObject): readonly Step[] {
  if (message.role === "user") {
    const text = contentText(message.content);
    return text === "" ? [] : [steps.system(text)];
  }
  if (message.role !== "assistant") return [];
  const read = asObjects(message.content).flatMap((block): Step[] => {
    const text = asString(block.text);
    const thinking = asString(block.thinking);
    if (block.type === "text" && text !== null) return [steps.assistant(text)];
    if (block.type === "thinking" && thinking !== null) return [steps.thinking(thinking)];
    return block.type === "toolCall" ? [steps.toolCall(asString(block.name), showValue(block.arguments))] : [];
  });
  const error = message.stopReason === "error" ? (asString(message.errorMessage) ?? "An error without words") : null;
  return error === null ? read : [...read, steps.failure(error)];
}

/** The text of a message's content. */
export const contentText = (content: unknown): string =>
  typeof content === "string"
    ? content
    : asObjects(content)
        .map(({ text }) => asString(text) ?? "")
        .filter((text) => text !== "")
        .join("\n");
