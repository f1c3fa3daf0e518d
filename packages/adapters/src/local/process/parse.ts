import { runResult } from "@boardroom/contract";
import { asObject, type CliOutput, emptyOutput, type OutputParser, parseObject } from "../toolkit/index.ts";

/** What a program may say of its run. Sessions aren't among it: each run starts anew. */
const statedResult = runResult
  .pick({
    status: true,
    summary: true,
    error: true,
    errorCode: true,
    errorFamily: true,
    retryAfterSec: true,
    usage: true,
    costUsd: true,
    provider: true,
    model: true,
  })
  .partial();

/** Reads a program's output, of which only the last line counts; without a statement the last line is the summary. */
export function createProcessParser(): OutputParser {
  let last = "";
  return {
    read(line) {
      if (line.trim() !== "") last = line;
    },
    output: () => readLast(last),
  };
}

function readLast(line: string): CliOutput {
  // The exit code says how it went, whatever was printed.
  const silent: CliOutput = { ...emptyOutput, summary: line.trim() || null, isComplete: true };
  const stated = asObject(parseObject(line)?.boardroom);
  if (!stated) return silent;
  const parsed = statedResult.safeParse(stated);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `The program's result can't be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
    return { ...emptyOutput, isComplete: true, error: { message, code: "result_invalid", family: "permanent" } };
  }
  const { status, summary, error, errorCode, errorFamily, retryAfterSec, usage, costUsd, provider, model } =
    parsed.data;
  return {
    ...emptyOutput,
    summary: summary ?? null,
    usage: usage ?? null,
    costUsd: costUsd ?? null,
    provider: provider ?? null,
    model: model ?? null,
    isComplete: true,
    error:
      status === "failed"
        ? {
            message: error ?? "The program says that it failed.",
            code: errorCode ?? "program_failed",
            family: errorFamily ?? "permanent",
            retryAfterSec: retryAfterSec ?? null,
          }
        : null,
  };
}
