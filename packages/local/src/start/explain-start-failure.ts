import { LocalServiceError } from "../local-service-error.ts";

/** One line that says what to do, for everything that commonly stands in the way of a start. */
export function explainStartFailure(error: unknown, home: string): string {
  if (error instanceof LocalServiceError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") return `The disk that holds ${home} is full.`;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `${home} can't be written to. Give yourself the right to, or set BOARDROOM_HOME to another folder.`;
  }
  if (code === "ENOTDIR" || code === "EEXIST") return `${home} is not a folder. Move it away, or set BOARDROOM_HOME.`;
  const reason = error instanceof Error ? error.message : String(error);
  return `Boardroom could not start: ${reason.split("\n", 1)[0]} (data folder: ${home})`;
}
