import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

export type CheckedCommand =
  | { kind: "allowed"; path: string }
  | { kind: "denied"; message: string }
  | { kind: "missing"; message: string };

/**
 * Finds the program that a command names and looks whether the policy allows it. A name is looked for in the PATH of this
 * machine, never in one that a job brings; a path is allowed when it, or the program of an allowed name, is the same file.
 */
export function checkCommand(command: string, allowed: readonly string[], searchPath: string): CheckedCommand {
  if (command === "" || command.includes("\u0000") || command.length > 4000) {
    return { kind: "denied", message: "The command is no program's name." };
  }
  const isPath = isAbsolute(command);
  if (!isPath && /[/\\]/.test(command)) {
    return { kind: "denied", message: `"${command}" is neither a program's name nor an absolute path.` };
  }
  const refusal = `The policy of this machine doesn't allow "${command}"; add it to allowedCommands in policy.json.`;
  if (!isPath) {
    const names = allowed.filter((each) => !isAbsolute(each));
    const path = findProgram(command, searchPath);
    const listed = allowed.some((each) => isAbsolute(each) && path !== null && isSameFile(each, path));
    if (!names.includes(command) && !listed) return { kind: "denied", message: refusal };
    return path === null
      ? { kind: "missing", message: `"${command}" was not found in PATH.` }
      : { kind: "allowed", path };
  }
  const isAllowed = allowed.some((each) => {
    const known = isAbsolute(each) ? each : findProgram(each, searchPath);
    return known !== null && (known === command || isSameFile(known, command));
  });
  if (!isAllowed) return { kind: "denied", message: refusal };
  return isProgram(command)
    ? { kind: "allowed", path: command }
    : { kind: "missing", message: `"${command}" is no program.` };
}

/** Where a program lies in a search path; entries that depend on the working folder don't count. */
export function findProgram(name: string, searchPath: string): string | null {
  for (const folder of searchPath.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, name);
    if (isProgram(path)) return path;
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync.native(one) === realpathSync.native(other);
  } catch {
    return false;
  }
}
