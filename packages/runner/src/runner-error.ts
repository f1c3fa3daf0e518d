/** What is wrong on this machine, in a sentence for whoever sits at it. */
export class RunnerError extends Error {
  override readonly name = "RunnerError";
  readonly code: RunnerErrorCode;

  constructor(code: RunnerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type RunnerErrorCode =
  | "usage"
  | "not_connected"
  | "already_running"
  | "not_running"
  | "bad_policy"
  | "bad_credential"
  | "revoked"
  | "replaced"
  | "policy_denied"
  | "workspace_failed"
  | "job_refused"
  | "unsupported";
