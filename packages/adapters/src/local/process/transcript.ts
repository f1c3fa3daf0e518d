import { asInstant, asObject, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";

/** A program may print `{"type":"assistant","text":"…"}` and the like; its last line may be `{"boardroom":{…}}`. */
export function readProcessEvent(event: JsonObject): readonly Step[] | null {
  const result = asObject(event.boardroom);
  if (result) {
    const isFailed = result.status === "failed";
    return [
      steps.result(asString(isFailed ? result.error : result.summary) ?? (isFailed ? "Failed" : "Done"), isFailed),
    ];
  }
  const step = readStep(event);
  return step && [{ ...step, at: asInstant(event.at) }];
}

function readStep(event: JsonObject): Step | null {
  const text = asString(event.text);
  const name = asString(event.name);
  const isError = event.isError === true;
  switch (event.type) {
    case "assistant":
    case "thinking":
    case "system":
      return text === null ? null : { ...steps[event.type](text), isError };
    case "result":
      return text === null ? null : steps.result(text, isError);
    case "tool_call":
      return name === null ? null : { ...steps.toolCall(name, showValue(event.input) || null), text: text ?? "" };
    case "tool_result":
      return text === null ? null : steps.toolResult(text, isError, name);
    default:
      return null;
  }
}
