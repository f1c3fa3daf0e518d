#!/usr/bin/env node
import "./cli/small-heap.ts";
import { help } from "./cli/help.ts";
import { type CommandLine, readCommandLine } from "./cli/options.ts";
import { say } from "./cli/say.ts";
import { connectCommand } from "./commands/connect.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { logsCommand } from "./commands/logs.ts";
import { runOnceCommand } from "./commands/run-once.ts";
import { serviceCommand } from "./commands/service.ts";
import { startCommand } from "./commands/start.ts";
import { drainCommand, statusCommand } from "./commands/status.ts";
import { RunnerError } from "./runner-error.ts";
import { runnerVersion } from "./version.ts";

const commands: Record<string, (line: CommandLine) => Promise<number>> = {
  connect: connectCommand,
  start: startCommand,
  status: statusCommand,
  drain: drainCommand,
  logs: logsCommand,
  doctor: doctorCommand,
  "run-once": runOnceCommand,
  service: serviceCommand,
  async help() {
    say(help);
    return 0;
  },
  async version() {
    say(runnerVersion);
    return 0;
  },
};

try {
  const line = readCommandLine(process.argv.slice(2));
  const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
  if (!command)
    throw new RunnerError("usage", `${line.command ? `There is no "${line.command}". ` : ""}\n${help}`.trim());
  process.exit(await command(line));
} catch (error) {
  console.error(error instanceof RunnerError ? error.message : error);
  process.exit(error instanceof RunnerError ? (error.code === "usage" ? 2 : 1) : 70);
}
