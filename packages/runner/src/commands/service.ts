import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CommandLine } from "../cli/options.ts";
import { say } from "../cli/say.ts";
import { readCredential } from "../credentials/credential.ts";
import { findHome, runnerRoot } from "../home/runner-home.ts";
import { RunnerError } from "../runner-error.ts";
import { launchdAgent, type ServiceFile, systemdUnit } from "../service/service-files.ts";

/** Lets the system start the runner, or no longer. */
export async function serviceCommand(line: CommandLine): Promise<number> {
  const [action = ""] = line.args;
  if (action !== "install" && action !== "uninstall") {
    throw new RunnerError("usage", "service takes install or uninstall.");
  }
  const file = describeService(line);
  if (line.print) {
    say(file.content.trimEnd());
    return 0;
  }
  if (action === "uninstall") {
    runAll(file.stop);
    rmSync(file.path, { force: true });
    say("The runner no longer starts with the system.");
    return 0;
  }
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.content, { mode: 0o600 });
  if (!runAll(file.start)) {
    say(`${file.path} is written, but could not be started; the commands above say why.`);
    return 1;
  }
  say(`The runner runs now and starts with the system (${file.path}).`);
  return 0;
}

function describeService(line: CommandLine): ServiceFile {
  const root = runnerRoot(line.home);
  const { companyId } = readCredential(findHome(root, line.company));
  const spec = {
    node: process.execPath,
    script: realpathSync(process.argv[1] ?? ""),
    args: ["start", "--home", root, "--company", companyId],
    companyId,
    path: process.env.PATH ?? "",
  };
  if (process.platform === "darwin") return launchdAgent(spec);
  if (process.platform === "linux" && (line.print || existsSync("/run/systemd/system"))) return systemdUnit(spec);
  throw new RunnerError(
    "unsupported",
    "This system has neither systemd nor launchd; let whatever starts programs here run `boardroom-runner start`.",
  );
}

function runAll(commands: readonly string[][]): boolean {
  return commands.every(([program = "", ...args]) => {
    const { status } = spawnSync(program, args, { stdio: "inherit" });
    return status === 0;
  });
}
