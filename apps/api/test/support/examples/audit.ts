import type { Tenant } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

export const auditExamples: ExamplesOf<"audit"> = {
  "audit.state": (t: Tenant) => ({ params: { cid: t.cid } }),
  "audit.issueAt": (t: Tenant) => ({ params: { id: t.ids.issue }, query: { time: new Date().toISOString() } }),
};
