import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram, warnOfVariables } from "../toolkit/index.ts";
import { codexLocalConfig } from "./config.ts";

/** Looks at whether Codex would work here. */
export const testCodexEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: codexLocalConfig,
    versionArgs: ["--version"],
    installHint: "Install it with npm install -g @openai/codex, then run codex login.",
    async more(config) {
      const checks = warnOfVariables(context, config, {
        OPENAI_API_KEY: {
          code: "openai_api_key_set",
          message: "OPENAI_API_KEY is set: Codex may use it, and bill it, instead of the machine's login.",
          hint: "Unset it to use the login.",
        },
        CODEX_API_KEY: {
          code: "codex_api_key_set",
          message: "CODEX_API_KEY is set: Codex uses it, and bills it, instead of the machine's login.",
        },
      });
      if (!config.networkAccess) checks.push(offline);
      if (config.dangerouslyBypassApprovalsAndSandbox) checks.push(unconfined);
      return checks;
    },
  });

const offline: EnvironmentCheck = {
  level: "warn",
  code: "network_off",
  message: "Commands have no network: the agent can't call Boardroom from its sandbox.",
};
const unconfined: EnvironmentCheck = {
  level: "warn",
  code: "sandbox_bypassed",
  message: "There is no sandbox and no approval: no rule and nobody on the board decides on a command.",
};
