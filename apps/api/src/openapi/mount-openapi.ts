import { securityHeaders } from "../answer.ts";
import type { ApiEnv } from "../env.ts";
import type { ApiRouter } from "../router.ts";
import { createOpenApi } from "./document.ts";

/** `GET /api/openapi.json`, made when first asked for. */
export function mountOpenApi(router: ApiRouter, { version }: ApiEnv): void {
  let text: string | null = null;
  router.get("/openapi.json", (c) => {
    text ??= JSON.stringify(createOpenApi(version));
    const headers = { ...securityHeaders, "cache-control": "public, max-age=300", "x-request-id": c.get("requestId") };
    return new Response(text, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
  });
}
