import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram } from "../toolkit/index.ts";
import { piLocalConfig } from "./config.ts";

/** Looks at whether pi would work here. */
export const testPiEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: piLocalConfig,
    versionArgs: ["--version"],
    installHint: "npm install -g @mariozechner/pi-coding-agent, then run pi once and use /login.",
    more: ({ tools }) =>
      tools.length > 0
        ? []
        : [
            {
              level: "warn",
              code: "tool_calls_unasked",
              message: "pi runs every tool call unasked, as the user of the runner.",
              hint: "Use a worktree, or name the tools that it may have.",
            },
          ],
  });
