import { companyParams } from "@boardroom/contract";
import { drawOrgChart, readOrgChart } from "@boardroom/domain";
import { notFound, securityHeaders } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { authenticate } from "../authenticate/authenticate.ts";
import { createCtx } from "../create-ctx.ts";
import type { ApiRouter } from "../router.ts";

const id = "companies.orgChart";

/** The org chart as an image, for everyone who may see the company: one that may style itself, and nothing else. */
export function mountOrgChart(router: ApiRouter, options: AnswerOptions): void {
  router.get("/companies/:cid/org.svg", async (c) => {
    const request = c.req.raw;
    const cid = companyParams.safeParse({ cid: c.req.param("cid") }).data?.cid;
    const identity = await authenticate(options.authentication, {
      operation: id,
      callers: ["user", "agent", "run"],
      effect: "read",
      role: "viewer",
      request,
      target: cid ? { by: "company", id: cid } : { by: "actor" },
      needsOrigin: false,
    });
    if (identity.kind !== "tenant" || !cid) throw notFound();
    const ctx = createCtx(options, identity, { id, idempotency: null, requestId: c.get("requestId"), request });
    if (!("db" in ctx)) throw notFound();
    const image = drawOrgChart(await readOrgChart(ctx));
    return new Response(image, {
      headers: {
        ...securityHeaders,
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "content-type": "image/svg+xml; charset=utf-8",
        "cache-control": "private, no-store",
        "x-request-id": c.get("requestId"),
      },
    });
  });
}
