import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram, warnOfVariables } from "../toolkit/index.ts";
import { claudeLocalConfig } from "./config.ts";

/** Looks at whether Claude Code would work here. */
export const testClaudeEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: claudeLocalConfig,
    versionArgs: ["--version"],
    installHint: "Install it with npm install -g @anthropic-ai/claude-code, then run claude once to log in.",
    more(config) {
      const checks = warnOfVariables(context, config, {
        ANTHROPIC_API_KEY: {
          code: "anthropic_api_key_set",
          message: "ANTHROPIC_API_KEY is set: Claude Code uses it, and bills it, instead of the machine's login.",
          hint: "Unset it to use the login.",
        },
        ANTHROPIC_BASE_URL: {
          code: "anthropic_base_url_set",
          message: "ANTHROPIC_BASE_URL is set: prompts and code go to that address.",
        },
      });
      if (config.dangerouslySkipPermissions) checks.push(skipped);
      return checks;
    },
  });

const skipped: EnvironmentCheck = {
  level: "warn",
  code: "permissions_skipped",
  message: "All permissions are skipped: no rule and nobody on the board decides on a tool call.",
};
