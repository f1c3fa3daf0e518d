const acceptable = /^[A-Za-z0-9._~-]{1,100}$/;

/** The caller's own request id where it is harmless to log and to send back, else a new one. */
export function readRequestId(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && acceptable.test(given) ? given : crypto.randomUUID();
}
