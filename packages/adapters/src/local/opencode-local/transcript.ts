import { asInstant, asObject, asString, type JsonObject, showValue } from "../toolkit/json.ts";
import { type Step, steps } from "../toolkit/steps.ts";
import type { EventReader } from "../toolkit/transcript-of.ts";

/** Events of `opencode run --format json`. */
export const readOpencodeEvent: EventReader = (event) => {
  const type = asString(event.type);
  const part = asObject(event.part) ?? {};
  const read = type !== null && Object.hasOwn(readers, type) ? readers[type]?.(part, event) : undefined;
  return read?.map((step) => ({ ...step, at: asInstant(event.timestamp) })) ?? null;
};

const readers: Readonly<Record<string, (part: JsonObject, event: JsonObject) => readonly Step[]>> = {
  step_start: () => [],
  text: ({ text }) => words(asString(text), steps.assistant),
  reasoning: ({ text }) => words(asString(text), steps.thinking),
  tool_use({ tool, state }) {
    const told = asObject(state) ?? {};
    const name = asString(tool);
    const isError = told.status === "error";
    const call = steps.toolCall(name, showValue(told.input));
    return [call, steps.toolResult(showValue(isError ? told.error : told.output), isError)];
  },
  step_finish: ({ reason }) => (reason === "tool-calls" ? [] : [steps.result(`Ended: ${asString(reason) ?? "?"}`)]),
  error: (_, { error }) => [steps.failure(errorText(asObject(error)))],
};

const words = (text: string | null, make: (text: string) => Step): readonly Step[] =>
  text === null ? [] : [make(text)];

/** What an error of OpenCode says. */
export const errorText = (error: JsonObject | null): string =>
  asString(asObject(error?.data)?.message) ??
  asString(error?.message) ??
  asString(error?.name) ??
  "An error without words";
