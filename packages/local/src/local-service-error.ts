/** What can go wrong with a local service, in words a caller can branch on. */
export type LocalServiceErrorCode =
  | "port_in_use"
  | "disk_full"
  | "data_folder_broken"
  | "data_folder_denied"
  | "already_running"
  | "unsupported_platform"
  | "start_failed"
  | "timeout";

/** One clear line for people (`message`), one word for code (`code`). */
export class LocalServiceError extends Error {
  readonly code: LocalServiceErrorCode;

  constructor(code: LocalServiceErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "LocalServiceError";
    this.code = code;
  }
}
