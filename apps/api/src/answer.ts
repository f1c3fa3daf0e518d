import { BoardroomError, type ErrorBody } from "@boardroom/contract";

/** Headers of every answer: JSON that is not cached, not framed, not sniffed and not read from another site. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Answers JSON, or nothing where the body is undefined. */
export function jsonAnswer(
  status: number,
  body: unknown,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { ...securityHeaders, ...type, "x-request-id": requestId, ...headers },
  });
}

/** Answers an error in the one shape that errors have. */
export function errorAnswer(error: BoardroomError, requestId: string, headers: Record<string, string> = {}): Response {
  const body: ErrorBody = { error: error.message, code: error.code, requestId };
  if (error.details !== undefined) body.details = error.details;
  return jsonAnswer(error.status, body, requestId, { ...retryHeaders(error), ...headers });
}

const defaultRetryAfterSec = 2;

function retryHeaders({ status, details }: BoardroomError): Record<string, string> {
  if (status === 401) return { "www-authenticate": "Bearer" };
  if (status !== 429 && status !== 503) return {};
  const isTimed = typeof details === "object" && details !== null && "retryAfterMs" in details;
  const seconds = isTimed ? Math.ceil(Number(details.retryAfterMs) / 1000) : defaultRetryAfterSec;
  return { "retry-after": String(seconds) };
}

export const notFound = () => new BoardroomError("not_found", "There is nothing here, or nothing that you may see.");
