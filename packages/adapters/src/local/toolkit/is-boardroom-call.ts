import { expansion, type ShellVariables, splitCommand } from "./split-command.ts";

/**
 * Whether a shell command is nothing but one `curl` to Boardroom's own API, perhaps through `jq`. Boardroom itself decides
 * what such a call may do, so nobody is asked for it. Everything that isn't plainly that is a no: another host, another
 * command, a file that is read or written.
 * @param variables the environment that the command gets
 */
export function isBoardroomCall(command: string, variables: ShellVariables): boolean {
  const parts = splitCommand(command, variables);
  if (!parts) return false;
  const commands: string[][] = [[]];
  for (const part of parts) {
    if ("operator" in part) commands.push([]);
    else commands.at(-1)?.push(part.word);
  }
  const [call = [], filter, ...more] = commands;
  return isCurl(call, variables.PAPERCLIP_API_URL) && (filter === undefined || isJq(filter)) && more.length === 0;
}

const flags =
  /^(?:-[sSfiG]+|--silent|--show-error|--fail|--fail-with-body|--include|--get|-X(?:GET|POST|PUT|PATCH|DELETE))$/;
const isText = (value: string) => !value.startsWith("@");
/** Options with a value, and which values are harmless: `@` would read a file. */
const options: Readonly<Record<string, (value: string) => boolean>> = {
  "-X": (value) => /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(value),
  "-H": isText,
  "-d": isText,
  "--data": isText,
  "--data-binary": isText,
  "--json": isText,
  "--data-raw": () => true,
  "-m": (value) => /^\d{1,4}$/.test(value),
  "-o": (value) => value === "/dev/null",
};
const longNames: Readonly<Record<string, string>> = {
  "--request": "-X",
  "--header": "-H",
  "--max-time": "-m",
  "--output": "-o",
};

function isCurl([program, ...args]: readonly string[], apiUrl: string | undefined): boolean {
  if (program !== "curl") return false;
  let urls = 0;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (flags.test(arg)) continue;
    const name = Object.hasOwn(longNames, arg) ? (longNames[arg] ?? arg) : arg;
    if (Object.hasOwn(options, name)) {
      at += 1;
      const value = args[at];
      if (value === undefined || !options[name]?.(value)) return false;
    } else if (isApiUrl(arg, apiUrl)) {
      urls += 1;
    } else {
      return false;
    }
  }
  return urls === 1;
}

/** Right after the address there has to be a slash: `http://api@elsewhere` goes elsewhere. */
const isApiUrl = (url: string, apiUrl: string | undefined): boolean =>
  url.startsWith(`${expansion("PAPERCLIP_API_URL")}/`) ||
  (apiUrl !== undefined && apiUrl !== "" && url.startsWith(`${apiUrl}/`));

function isJq([program, ...args]: readonly string[]): boolean {
  const filters = args.filter((arg) => !/^-[rcMeSj]+$/.test(arg));
  const [filter = "."] = filters;
  return (
    program === "jq" && filters.length <= 1 && !filter.startsWith("-") && !/\b(?:import|include|env|ENV)\b/.test(filter)
  );
}
