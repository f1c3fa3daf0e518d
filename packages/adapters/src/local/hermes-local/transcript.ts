import { asInstant, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";
import type { EventReader } from "../toolkit/transcript-of.ts";

/** Events of `hermes chat --format stream-json`. Quiet output is plain text, which every transcript shows. */
export const readHermesEvent: EventReader = (event) => {
  const type = asString(event.type);
  const read = type !== null && Object.hasOwn(readers, type) ? readers[type]?.(event) : undefined;
  return read?.map((step) => ({ ...step, at: asInstant(event.timestamp) })) ?? null;
};

const readers: Readonly<Record<string, (event: JsonObject) => readonly Step[]>> = {
  system: ({ session_id, model }) => [
    steps.system(`Session ${asString(session_id) ?? "?"} with ${asString(model) ?? "its default model"}`),
  ],
  text({ text }) {
    const words = asString(text);
    return words === null ? [] : [steps.assistant(words)];
  },
  tool_use: ({ name, input }) => [steps.toolCall(asString(name), showValue(input))],
  tool_result: ({ name, output, is_error }) => [steps.toolResult(showValue(output), is_error === true, asString(name))],
  result({ exit_code, failed, error, text }) {
    const isError = failed === true || (typeof exit_code === "number" && exit_code !== 0);
    return [steps.result(asString(isError ? error : text) ?? asString(text) ?? "", isError)];
  },
};
