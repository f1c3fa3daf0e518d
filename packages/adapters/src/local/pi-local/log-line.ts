import { parseObject } from "../toolkit/index.ts";

/** Each of these holds again, twice even, what the event that ends it holds once: a log would grow by the square. */
const repeating: ReadonlySet<unknown> = new Set(["message_update", "tool_execution_update", "turn_end", "agent_end"]);

/** What of a line of pi goes into the log: all but the repetitions, of which the type stays where it marks an end. */
export function logPiLine(line: string): string | null {
  // Long lines aren't parsed to be thrown away.
  const type = /^\{"type":"([a-z_]{1,60})"/.exec(line)?.[1] ?? parseObject(line)?.type;
  if (!repeating.has(type)) return line;
  return type === "agent_end" ? '{"type":"agent_end"}' : null;
}
