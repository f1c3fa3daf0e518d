import { asInstant, asObject, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";
import type { EventReader } from "../toolkit/transcript-of.ts";

/** Events of `gemini --output-format stream-json`. */
export const readGeminiEvent: EventReader = (event) => {
  const type = asString(event.type);
  const read = type !== null && Object.hasOwn(readers, type) ? readers[type]?.(event) : undefined;
  return read?.map((step) => ({ ...step, at: asInstant(event.timestamp) })) ?? null;
};

const readers: Readonly<Record<string, (event: JsonObject) => readonly Step[]>> = {
  init: ({ session_id, model }) => [
    steps.system(`Session ${asString(session_id) ?? "?"} with ${asString(model) ?? "its default model"}`),
  ],
  message({ role, content }) {
    const text = asString(content);
    if (text === null) return [];
    return [role === "assistant" ? steps.assistant(text) : steps.system(text)];
  },
  tool_use: ({ tool_name, parameters }) => [steps.toolCall(asString(tool_name), showValue(parameters))],
  tool_result({ status, output, error }) {
    const text = asString(output) ?? asString(asObject(error)?.message) ?? "";
    return [steps.toolResult(text, status === "error")];
  },
  error: ({ message }) => [steps.failure(asString(message) ?? "An error without words")],
  result({ status, error }) {
    const isError = status !== "success";
    return [steps.result(asString(asObject(error)?.message) ?? (isError ? "Ended with an error" : "Done"), isError)];
  },
};
