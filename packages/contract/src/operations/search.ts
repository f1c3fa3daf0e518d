import * as z from "zod";
import { searchHit } from "../entities/search.ts";
import { issueStatuses, searchEntityTypes } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, text } from "../primitives.ts";

const listOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .transform((value) => value.split(","))
    .pipe(z.array(z.enum(values)).min(1).max(values.length));

export const searchOperations = {
  "search.company": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag: "Search",
    callers: ["user", "agent", "run"],
    method: "GET",
    path: "/companies/:cid/search",
    summary: "What holds the words, or nearly: best first; quotes keep words together, a minus leaves one out",
    effect: "read",
    query: z.object({
      q: text(200).min(1),
      kinds: listOf(searchEntityTypes).optional().describe("One kind, or several with commas"),
      status: listOf(issueStatuses).optional().describe("Of the issue: one, or several with commas"),
      projectId: id.optional(),
      assigneeAgentId: id.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.array(searchHit),
    status: 200,
  }),
} as const;
