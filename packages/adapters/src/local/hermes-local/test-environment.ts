import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram } from "../toolkit/index.ts";
import { hermesLocalConfig } from "./config.ts";

/** Looks at whether Hermes Agent would work here. */
export const testHermesEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: hermesLocalConfig,
    versionArgs: ["--version"],
    installHint: "Install Hermes Agent as its documentation says, then run hermes setup.",
    more: (config) => {
      const checks: EnvironmentCheck[] = [];
      if (config.outputFormat === "quiet") {
        const message = "Quiet output: the board sees the answer, not the steps, and no tokens are counted.";
        const hint = "Choose stream-json if hermes chat --help names --format.";
        checks.push({ level: "info", code: "output_quiet", message, hint });
      }
      if (config.profile === undefined) {
        const message = "The machine's current profile is used: its memory is shared with whatever else runs there.";
        checks.push({ level: "warn", code: "profile_shared", message, hint: "Give the agent a profile of its own." });
      }
      if (config.dangerouslySkipApprovals) {
        const message = "Commands that Hermes would ask about run unasked.";
        checks.push({ level: "warn", code: "tool_calls_unasked", message });
      }
      return checks;
    },
  });
