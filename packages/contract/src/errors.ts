import * as z from "zod";

/** Every error code there is, with the HTTP status it is answered with. */
export const errorStatus = {
  invalid_request: 400,
  malformed_json: 400,
  unauthenticated: 401,
  budget_exhausted: 402,
  forbidden: 403,
  bad_origin: 403,
  not_found: 404,
  /** A body names something that isn't there, or isn't yours. */
  invalid_reference: 404,
  method_not_allowed: 405,
  conflict: 409,
  checkout_conflict: 409,
  lease_lost: 409,
  idempotency_mismatch: 409,
  already_exists: 409,
  stale_state: 409,
  log_offset_mismatch: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid_transition: 422,
  unusable_reference: 422,
  run_mismatch: 422,
  /** Other issues have to be done first; they are listed. */
  blocked_by_issues: 422,
  /** The board paused the issue, or one above it. */
  on_hold: 422,
  /** A blocked issue has to name who acts, and how. */
  blocked_without_owner: 422,
  /** Stages of its review are open; they are listed. */
  review_open: 422,
  /** Criteria of its definition of done lack evidence; they are listed. */
  evidence_missing: 422,
  agent_not_invokable: 422,
  company_not_active: 422,
  unsafe_url: 422,
  /** A plan that can't be carried out; the path of what is wrong is named. */
  invalid_plan: 422,
  /** Known, but nothing here does it. */
  unsupported: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** The body of every answer that is not 2xx. */
export const errorBody = z
  .object({
    error: z.string().describe("A sentence a person can act on"),
    code: z.enum(errorCodes),
    details: z.unknown().optional(),
    requestId: z.string(),
  })
  .meta({ id: "Error" });

export type ErrorBody = z.infer<typeof errorBody>;

/** The one error of the product: thrown by the domain, mapped by the doors, rethrown by the client. */
export class BoardroomError extends Error {
  override readonly name = "BoardroomError";
  readonly code: ErrorCode;
  readonly details: unknown;
  /** Set by the client: the id under which the server logged the request. */
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, message: string, details?: unknown, requestId?: string) {
    super(message);
    this.code = code;
    this.details = details;
    this.requestId = requestId;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}
