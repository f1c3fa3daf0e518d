import { asInstant, asObject, asObjects, asString, type JsonObject, parseObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";
import type { EventReader } from "../toolkit/transcript-of.ts";

/** Events of `cursor-agent --output-format stream-json`. */
export const readCursorEvent: EventReader = (event) => {
  const type = asString(event.type);
  const read = type !== null && Object.hasOwn(readers, type) ? readers[type]?.(event) : undefined;
  return read?.map((step) => ({ ...step, at: asInstant(event.timestamp_ms) })) ?? null;
};

const readers: Readonly<Record<string, (event: JsonObject) => readonly Step[]>> = {
  system({ subtype, session_id, model }) {
    const text = `Session ${asString(session_id) ?? "?"} with ${asString(model) ?? "its default model"}`;
    return [steps.system(subtype === "init" ? text : `system ${asString(subtype) ?? ""}`.trim())];
  },
  user: ({ message }) => textSteps(message, steps.system),
  assistant: ({ message }) => textSteps(message, steps.assistant),
  thinking({ subtype, text }) {
    // Deltas are single words; where the whole comes with the end, that is shown.
    const whole = subtype === "delta" ? null : asString(text);
    return whole === null ? [] : [steps.thinking(whole)];
  },
  tool_call({ subtype, tool_call }) {
    const { name, input, result } = readToolCall(asObject(tool_call));
    if (subtype === "started") return [steps.toolCall(name, showValue(input))];
    return [readResult(name, result)];
  },
  result({ subtype, is_error, result }) {
    const isError = is_error === true || (subtype !== undefined && subtype !== "success");
    return [steps.result(asString(result) ?? asString(subtype) ?? "", isError)];
  },
};

const textSteps = (message: unknown, make: (text: string) => Step): readonly Step[] =>
  asObjects(asObject(message)?.content).flatMap(({ type, text }) => {
    const said = asString(text);
    return type === "text" && said !== null ? [make(said)] : [];
  });

/** `{readToolCall: {args, result}}`, or `{function: {name, arguments}}` for tools without a kind of their own. */
function readToolCall(call: JsonObject | null): { name: string | null; input: unknown; result: unknown } {
  const [key, value] = Object.entries(call ?? {}).find(([, held]) => asObject(held) !== null) ?? [];
  const held = asObject(value);
  if (key === undefined || !held) return { name: null, input: null, result: null };
  if (key !== "function") return { name: key.replace(/ToolCall$/, ""), input: held.args, result: held.result };
  const input = asString(held.arguments);
  return {
    name: asString(held.name),
    input: input === null ? held.arguments : (parseObject(input) ?? input),
    result: held.result,
  };
}

function readResult(name: string | null, result: unknown): Step {
  const told = asObject(result);
  const success = asObject(told?.success);
  if (!success) return steps.toolResult(showValue(told?.error ?? told?.rejected ?? result), told !== null, name);
  const output = [success.stdout, success.stderr, success.content].map(asString).filter((text) => text !== null);
  return steps.toolResult(output.length > 0 ? output.join("\n") : showValue(success), false, name);
}
