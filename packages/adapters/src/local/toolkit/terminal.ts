import { parseObject } from "./json.ts";
import type { Step } from "./steps.ts";
import { type EventReader, readLine } from "./transcript-of.ts";

const colors = { gray: 90, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
type Color = keyof typeof colors;

const kindColors: Record<Step["kind"], Color> = {
  assistant: "green",
  thinking: "gray",
  tool_call: "yellow",
  tool_result: "gray",
  system: "blue",
  result: "cyan",
};

/**
 * Shows lines of a program in a terminal by the same reader as its transcript. Lines that the reader doesn't know are only
 * shown with `debug`; what a program printed can't steer the terminal.
 */
export const terminalOf =
  (readEvent: EventReader) =>
  (line: string, options: { debug: boolean; color: boolean }): string | null => {
    const event = parseObject(line);
    const isUnknown = event !== null && readEvent(event) === null && event.type !== "boardroom.invocation";
    if (isUnknown) return options.debug ? paint("gray", plain(line), options.color) : null;
    const shown = readLine(line, readEvent).map((step) => showStep(step, options));
    return shown.length > 0 ? shown.join("\n") : null;
  };

function showStep(step: Step, { debug, color }: { debug: boolean; color: boolean }): string {
  const mark = step.kind === "tool_call" ? "→ " : step.kind === "tool_result" ? "  " : "";
  const words = [step.name, step.input, step.text].filter((part) => part !== null && part !== "").join(" ");
  const text = plain(words);
  const isLong = !debug && step.kind.startsWith("tool") && text.length > longest;
  return paint(
    step.isError ? "red" : kindColors[step.kind],
    mark + (isLong ? `${text.slice(0, longest)}…` : text),
    color,
  );
}

const longest = 200;

const paint = (color: Color, text: string, isOn: boolean): string =>
  isOn ? `\u001b[${colors[color]}m${text}\u001b[0m` : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const escapes = /\u001b(?:[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-~]?|.)?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text without anything that a terminal would obey: escape sequences and control characters but line breaks and tabs. */
export const plain = (text: string): string => text.replace(escapes, "").replace(controls, "");
