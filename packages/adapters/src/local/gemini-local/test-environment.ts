import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram, warnOfVariables } from "../toolkit/index.ts";
import { geminiLocalConfig } from "./config.ts";

/** Looks at whether Gemini CLI would work here. */
export const testGeminiEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: geminiLocalConfig,
    versionArgs: ["--version"],
    installHint: "npm install -g @google/gemini-cli, then run gemini once to log in.",
    more: (config) => {
      const checks = warnOfVariables(context, config, {
        GEMINI_API_KEY: {
          code: "gemini_api_key_set",
          message: "GEMINI_API_KEY is set: runs are billed to that key, not to the machine's login.",
        },
        GOOGLE_API_KEY: {
          code: "google_api_key_set",
          message: "GOOGLE_API_KEY is set: runs may be billed to that key.",
        },
      });
      if (config.approvalMode !== "yolo" || config.sandbox) return checks;
      const message = "Every tool call runs unasked, as the user of the runner.";
      return [
        ...checks,
        { level: "warn", code: "tool_calls_unasked", message, hint: "Use a worktree or the sandbox." },
      ];
    },
  });
