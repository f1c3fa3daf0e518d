import { parseArgs } from "node:util";
import { RunnerError } from "../runner-error.ts";

export interface CommandLine {
  command: string;
  args: string[];
  url: string | undefined;
  name: string | undefined;
  slots: number | undefined;
  home: string | undefined;
  company: string | undefined;
  allow: string[];
  allowCommand: string[];
  noStart: boolean;
  follow: boolean;
  debug: boolean;
  print: boolean;
  json: boolean;
}

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

/** @throws RunnerError usage */
export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        url: text,
        name: text,
        slots: text,
        home: text,
        company: text,
        allow: texts,
        "allow-command": texts,
        "no-start": flag,
        follow: { ...flag, short: "f" },
        debug: flag,
        print: flag,
        json: flag,
        help: { ...flag, short: "h" },
        version: { ...flag, short: "v" },
      },
    });
    const [command = "", ...args] = positionals;
    const { url, name, home, company, allow, follow, debug, print, json } = values;
    return {
      command: values.help ? "help" : values.version ? "version" : command,
      args,
      url,
      name,
      slots: readSlots(values.slots),
      home,
      company,
      allow: allow ?? [],
      allowCommand: values["allow-command"] ?? [],
      noStart: values["no-start"],
      follow,
      debug,
      print,
      json,
    };
  } catch (cause) {
    if (cause instanceof RunnerError) throw cause;
    throw new RunnerError("usage", cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function readSlots(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const slots = Number(value);
  if (Number.isInteger(slots) && slots >= 1 && slots <= 64) return slots;
  throw new RunnerError("usage", "--slots is a number from 1 to 64.");
}
