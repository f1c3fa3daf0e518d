import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram } from "../toolkit/index.ts";
import { opencodeLocalConfig } from "./config.ts";

/** Looks at whether OpenCode would work here. */
export const testOpencodeEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: opencodeLocalConfig,
    versionArgs: ["--version"],
    installHint: "npm install -g opencode-ai, then opencode auth login.",
    more: (config) => {
      const checks: EnvironmentCheck[] = [];
      if (config.model === undefined) {
        const message = "No model is set: OpenCode uses the default of the machine, and runs don't say which.";
        checks.push({ level: "info", code: "model_not_set", message });
      }
      if (config.dangerouslyAutoApprove) {
        const message = "Everything that OpenCode would ask about goes through.";
        checks.push({
          level: "warn",
          code: "tool_calls_unasked",
          message,
          hint: "Use a worktree, and permissions in opencode.json.",
        });
      }
      return checks;
    },
  });
