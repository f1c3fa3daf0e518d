import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The lines that a program once wrote. */
export const readStream = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, "streams", `${name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
