import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram, warnOfVariables } from "../toolkit/index.ts";
import { cursorConfig } from "./config.ts";

/** Looks at whether Cursor's command line would work here, and is logged in. */
export const testCursorEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: cursorConfig,
    versionArgs: ["--version"],
    installHint: "curl https://cursor.com/install -fsS | bash, then cursor-agent login.",
    more: async (config) => {
      const checks = warnOfVariables(context, config, {
        CURSOR_API_KEY: {
          code: "cursor_api_key_set",
          message: "CURSOR_API_KEY is set: runs are billed to that key's account, not to the machine's login.",
        },
      });
      const hasKey = checks.length > 0;
      if (!hasKey) checks.push(...(await checkLogin(context, config.command)));
      if (config.force && config.sandbox !== "enabled") {
        const message = "Every tool call runs unasked, as the user of the runner.";
        checks.push({ level: "warn", code: "tool_calls_unasked", message, hint: "Use a worktree or the sandbox." });
      }
      return checks;
    },
  });

async function checkLogin(context: EnvironmentTestContext, command: string): Promise<EnvironmentCheck[]> {
  const { startError, stdoutTail, stderrTail } = await context.probe(command, ["status"]);
  if (startError) return [];
  const isAway = /not (?:logged in|authenticated)|authentication required|unauthenticated/i.test(
    stdoutTail + stderrTail,
  );
  if (!isAway) return [];
  const message = "Cursor's command line isn't logged in on this machine.";
  return [{ level: "error", code: "login_required", message, hint: "cursor-agent login, or set CURSOR_API_KEY." }];
}
