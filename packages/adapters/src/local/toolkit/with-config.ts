import type * as z from "zod";
import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { failedResult } from "./result-of.ts";

/** Runs with the job's configuration, which is looked at again here: the runner doesn't rely on the server for it. */
export async function withConfig<Config>(
  context: ExecutionContext,
  schema: z.ZodType<Config>,
  execute: (config: Config) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const parsed = schema.safeParse(context.job.adapter.config);
  if (parsed.success) return execute(parsed.data);
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "it"} ${message}`);
  return failedResult("config_invalid", `The agent's configuration can't be used: ${issues.join("; ")}`, "config");
}
