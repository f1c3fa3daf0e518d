import type { EnvironmentCheck } from "@boardroom/contract";
import type { EnvironmentTestContext } from "../local-adapter.ts";
import { probeProgram } from "../toolkit/index.ts";
import { processConfig } from "./config.ts";

/** Looks at whether the program is there. It isn't started: a script may do its work whatever it is asked. */
export const testProcessEnvironment = (context: EnvironmentTestContext): Promise<EnvironmentCheck[]> =>
  probeProgram(context, {
    schema: processConfig,
    versionArgs: null,
    installHint: "Put the program into the runner's PATH, or name it by its absolute path.",
  });
