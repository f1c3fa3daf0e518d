import { LocalServiceError } from "../local-service-error.ts";

/** Turns what a PostgreSQL program printed into one clear line. */
export function explainPostgresFailure(output: string, dataDir: string, port: number): LocalServiceError {
  const cause = new Error(output.trim());
  if (/no space left on device|disk quota exceeded|wrote only \d+ of \d+ bytes/i.test(output)) {
    return new LocalServiceError("disk_full", `PostgreSQL: the disk that holds ${dataDir} is full.`, { cause });
  }
  if (/address already in use/i.test(output)) {
    return new LocalServiceError("port_in_use", `PostgreSQL: port ${port} is already in use.`, { cause });
  }
  if (/file already exists|not a directory/i.test(output)) {
    return new LocalServiceError("data_folder_denied", `PostgreSQL: a file is where ${dataDir} should be.`, { cause });
  }
  if (/permission denied|not permitted|wrong ownership|invalid permissions|read-only file system/i.test(output)) {
    return new LocalServiceError("data_folder_denied", `PostgreSQL: no permission to use ${dataDir}.`, { cause });
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(output)) {
    const message = `PostgreSQL: ${dataDir} belongs to another version; move it away to start with a new one.`;
    return new LocalServiceError("data_folder_broken", message, { cause });
  }
  if (
    /PANIC|could not (open|read|access|locate|find)|invalid (data|checkpoint|value|contents)|not a valid|corrupt/i.test(
      output,
    )
  ) {
    const message = `PostgreSQL: the data folder ${dataDir} is broken (${readReason(output)}); move it away or restore it.`;
    return new LocalServiceError("data_folder_broken", message, { cause });
  }
  return new LocalServiceError("start_failed", `PostgreSQL did not start: ${readReason(output)}`, { cause });
}

function readReason(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => /(FATAL|PANIC|error):/i.test(text)) ?? lines.at(-1) ?? "no reason given";
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/i, "").slice(0, 300);
}
