import type { ParsedEntry } from "../../transcript.ts";

/** One step of a program's output, before it is known where its line lies. */
export type Step = Omit<ParsedEntry, "offset">;

const step = (kind: Step["kind"], text: string): Step => ({
  kind,
  text,
  name: null,
  input: null,
  isError: false,
  at: null,
});

/** What readers of events make their steps with. */
export const steps = {
  assistant: (text: string): Step => step("assistant", text),
  thinking: (text: string): Step => step("thinking", text),
  system: (text: string): Step => step("system", text),
  failure: (text: string): Step => ({ ...step("system", text), isError: true }),
  result: (text: string, isError = false): Step => ({ ...step("result", text), isError }),
  toolCall: (name: string | null, input: string | null): Step => ({ ...step("tool_call", ""), name, input }),
  toolResult: (text: string, isError = false, name: string | null = null): Step => ({
    ...step("tool_result", text),
    isError,
    name,
  }),
};
