import { BoardroomError } from "@boardroom/contract";
import { notFound, securityHeaders } from "../answer.ts";
import type { ApiEnv } from "../env.ts";
import { describe } from "../map-error.ts";
import { drain } from "../read-body.ts";
import { readJson } from "../read-json.ts";
import type { ApiRouter } from "../router.ts";
import type { AuthHandler } from "./create-auth.ts";

const maxBodyBytes = 32 * 1024;
/** Nothing that people type into a sign-up form is longer. */
const maxFieldChars = 2000;
const maxUrlChars = 8000;

/**
 * Better Auth under `/api/auth`. Its answers keep their own shape (`{code, message}`); what must not reach it is refused
 * here, and what it fails at is answered as unavailable.
 */
export function mountAuth(router: ApiRouter, env: ApiEnv, handle: AuthHandler): void {
  router.on(["GET", "POST"], "/auth/*", async (c) => {
    const requestId = c.get("requestId");
    const request = await judge(c.req.raw);
    const response = await handle(request).catch((error: unknown) => describe(error));
    if (typeof response === "string" || response.status >= 500) {
      env.log({
        level: "error",
        message: "auth failed",
        requestId,
        error: typeof response === "string" ? response : undefined,
      });
      throw new BoardroomError("unavailable", "Signing in does not work at the moment. Try again.");
    }
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    if (response.status === 404 && !isJson) throw notFound();
    const answer = new Response(response.body, response);
    for (const [name, value] of Object.entries(securityHeaders)) answer.headers.set(name, value);
    answer.headers.set("x-request-id", requestId);
    const retryAfter = response.headers.get("x-retry-after");
    if (retryAfter !== null) answer.headers.set("retry-after", retryAfter);
    return answer;
  });
}

/** The request with a body that is known to be harmless. */
async function judge(request: Request): Promise<Request> {
  if (request.url.length > maxUrlChars || /%00/i.test(request.url))
    throw invalid("The address contains what can't be stored.");
  if (request.method !== "POST") {
    await drain(request);
    return request;
  }
  const body = await readJson(request, maxBodyBytes);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("The body must be a JSON object.");
  if (Object.values(body).some((value) => typeof value === "string" && value.length > maxFieldChars)) {
    throw invalid(`A field is longer than ${maxFieldChars} characters.`);
  }
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Request(request.url, { method: request.method, headers, body: JSON.stringify(body) });
}

const invalid = (message: string) => new BoardroomError("invalid_request", message);
