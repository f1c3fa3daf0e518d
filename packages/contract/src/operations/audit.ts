import * as z from "zod";
import { auditState, issueAtTime } from "../entities/audit.ts";
import { operation } from "../operation.ts";
import { companyParams, instant, issueParams } from "../primitives.ts";

const tag = "Audit";

export const auditOperations = {
  "audit.state": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: ["user"],
    role: "viewer",
    method: "GET",
    path: "/companies/:cid/audit",
    summary: "How far a company's activity log is sealed, and by which key",
    effect: "read",
    output: auditState,
    status: 200,
  }),
  "audit.issueAt": operation({
    locate: { by: "issue", param: "id" },
    params: issueParams,
    tag,
    callers: ["user", "agent", "run"],
    agents: "any",
    method: "GET",
    path: "/issues/:id/at",
    summary: "An issue as it was at a past moment, by taking back what the activity log says was changed since",
    effect: "read",
    query: z.object({ time: instant }),
    output: issueAtTime,
    status: 200,
  }),
} as const;
