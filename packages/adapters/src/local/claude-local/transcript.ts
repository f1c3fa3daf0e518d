import { asInstant, asObject, asObjects, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";

/** An event of `claude --output-format stream-json`. */
export function readClaudeEvent(event: JsonObject): readonly Step[] | null {
  const read = readByType(event);
  const at = asInstant(event.timestamp);
  return at === null || read === null ? read : read.map((step) => ({ ...step, at }));
}

function readByType(event: JsonObject): readonly Step[] | null {
  switch (event.type) {
    case "system":
      return readSystem(event);
    case "assistant":
      return blocksOf(event).flatMap(readAssistantBlock);
    case "user":
      return blocksOf(event).flatMap(readUserBlock);
    case "result":
      return [steps.result(resultText(event), event.is_error === true)];
    case "control_request":
      return readControlRequest(event);
    case "rate_limit_event": {
      const isRejected = asObject(event.rate_limit_info)?.status === "rejected";
      return isRejected ? [steps.failure("The usage limit is reached.")] : [];
    }
    case "stream_event":
    case "control_response":
    case "control_cancel_request":
    case "keep_alive":
    case "tool_progress":
      return [];
    default:
      return null;
  }
}

function readSystem(event: JsonObject): readonly Step[] {
  switch (event.subtype) {
    case "init":
      return [
        steps.system(`Session ${asString(event.session_id) ?? "?"} with ${asString(event.model) ?? "its own model"}`),
      ];
    case "api_retry": {
      const why = [event.error_status, event.error].filter(
        (part) => typeof part === "string" || typeof part === "number",
      );
      return [steps.failure(`The model is asked again, try ${showValue(event.attempt)} (${why.join(" ")})`)];
    }
    case "compact_boundary":
      return [steps.system("The conversation was made shorter.")];
    default:
      return [];
  }
}

const blocksOf = (event: JsonObject): readonly JsonObject[] => {
  const content = asObject(event.message)?.content;
  return typeof content === "string" ? [{ type: "text", text: content }] : asObjects(content);
};

function readAssistantBlock(block: JsonObject): readonly Step[] {
  const text = asString(block.text);
  const thinking = asString(block.thinking);
  if (block.type === "text" && text !== null) return [steps.assistant(text)];
  if (block.type === "thinking" && thinking !== null) return [steps.thinking(thinking)];
  if (block.type === "tool_use" || block.type === "server_tool_use") {
    return [steps.toolCall(asString(block.name), showValue(block.input))];
  }
  return [];
}

function readUserBlock(block: JsonObject): readonly Step[] {
  if (block.type === "tool_result") return [steps.toolResult(contentText(block.content), block.is_error === true)];
  const text = asString(block.text);
  return block.type === "text" && text !== null ? [steps.system(text)] : [];
}

const contentText = (content: unknown): string =>
  typeof content === "string"
    ? content
    : asObjects(content)
        .map((block) => asString(block.text) ?? `(${asString(block.type) ?? "something"})`)
        .join("\n");

function readControlRequest(event: JsonObject): readonly Step[] {
  const request = asObject(event.request);
  if (request?.subtype !== "can_use_tool") return [];
  return [steps.system(`May it use ${asString(request.tool_name) ?? "a tool"}? ${showValue(request.input)}`)];
}

function resultText(event: JsonObject): string {
  const errors = Array.isArray(event.errors) ? event.errors.filter((error) => typeof error === "string") : [];
  return asString(event.result) ?? (errors.length > 0 ? errors.join("\n") : (asString(event.subtype) ?? ""));
}
