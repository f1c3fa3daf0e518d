import type { EnvironmentCheck } from "@boardroom/contract";
import type * as z from "zod";
import type { EnvironmentTestContext } from "../local-adapter.ts";

export interface ProgramProbe<Config> {
  schema: z.ZodType<Config>;
  /** What makes it say its version; null for a program that might do something whatever it is asked. */
  versionArgs: readonly string[] | null;
  /** How to get the program, said when it isn't there. */
  installHint: string;
  /** What is looked at beside the program and the folder. */
  more?(config: Config, context: EnvironmentTestContext): Promise<EnvironmentCheck[]> | EnvironmentCheck[];
}

/** The checks of every program: the configuration, the program itself, and the folder. */
export async function probeProgram<Config extends { command: string; cwd?: string | undefined }>(
  context: EnvironmentTestContext,
  probe: ProgramProbe<Config>,
): Promise<EnvironmentCheck[]> {
  const parsed = probe.schema.safeParse(context.config);
  if (!parsed.success) {
    return parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
      level: "error",
      code: "config_invalid",
      message: `${path.join(".") || "The configuration"} ${message}`.slice(0, 2000),
    }));
  }
  const config = parsed.data;
  const checks = [await checkProgram(context, config.command, probe)];
  if (config.cwd !== undefined) checks.push(await checkFolder(context, config.cwd));
  return [...checks, ...((await probe.more?.(config, context)) ?? [])];
}

async function checkProgram(
  context: EnvironmentTestContext,
  command: string,
  { versionArgs, installHint }: Pick<ProgramProbe<never>, "versionArgs" | "installHint">,
): Promise<EnvironmentCheck> {
  const startError = await context.findProgram(command);
  if (startError) {
    const hint = startError.code === "command_not_found" ? installHint : undefined;
    return {
      level: "error",
      code: startError.code,
      message: startError.message.slice(0, 2000),
      ...(hint ? { hint } : {}),
    };
  }
  if (versionArgs === null) return { level: "info", code: "command_found", message: `${command} is there.` };
  const { exitCode, timedOut, stdoutTail, stderrTail } = await context.probe(command, versionArgs);
  if (timedOut || exitCode !== 0) {
    const how = timedOut ? "doesn't answer in time" : `ended with exit code ${exitCode ?? "unknown"}`;
    const message = `${command} ${versionArgs.join(" ")} ${how}. ${stderrTail.trim().slice(0, 500)}`.trim();
    return { level: "error", code: "command_failed", message };
  }
  const version = stdoutTail.trim().split("\n")[0]?.slice(0, 200) ?? "";
  return {
    level: "info",
    code: "command_found",
    message: version ? `${command} is there: ${version}` : `${command} is there.`,
  };
}

async function checkFolder(context: EnvironmentTestContext, cwd: string): Promise<EnvironmentCheck> {
  const found = await context.inspectPath(cwd);
  if (found === "folder") return { level: "info", code: "cwd_found", message: `The folder ${cwd} is there.` };
  const what = {
    file: "is a file, not a folder",
    missing: "isn't there",
    denied: "isn't allowed by the runner's policy",
  };
  const code = { file: "cwd_not_folder", missing: "cwd_missing", denied: "cwd_denied" };
  return { level: "error", code: code[found], message: `${cwd} ${what[found]}.` };
}

/** A warning for each of these variables that the program would see, such as a key that changes who pays. */
export function warnOfVariables(
  { envNames }: Pick<EnvironmentTestContext, "envNames">,
  config: { env: Record<string, string> },
  warnings: Readonly<Record<string, { code: string; message: string; hint?: string }>>,
): EnvironmentCheck[] {
  const names = new Set([...envNames, ...Object.keys(config.env)]);
  return Object.entries(warnings)
    .filter(([name]) => names.has(name))
    .map(([, warning]) => ({ level: "warn", ...warning }));
}
