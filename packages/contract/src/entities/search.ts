import * as z from "zod";
import { issuePriorities, issueStatuses, searchEntityTypes } from "../enums.ts";
import { id } from "../primitives.ts";

/** A text in pieces, of which some are what was looked for. Never markup: show each piece as text. */
export const markedText = z.array(z.object({ text: z.string(), isMatch: z.boolean() })).meta({ id: "MarkedText" });

/** One thing that search found. */
export const searchHit = z
  .object({
    entityType: z.enum(searchEntityTypes),
    entityId: id,
    urlKey: z.string().nullable().describe("Of an agent, or the key of a document"),
    title: markedText.describe("Its own title, or that of the issue it belongs to"),
    excerpt: markedText.nullable().describe("Where the words stand in its text"),
    issue: z
      .object({
        id,
        identifier: z.string(),
        title: z.string(),
        status: z.enum(issueStatuses),
        priority: z.enum(issuePriorities),
        assigneeAgentId: id.nullable(),
      })
      .nullable()
      .describe("The issue that it is, or belongs to"),
    rank: z.number(),
  })
  .meta({ id: "SearchHit" });

export type MarkedText = z.infer<typeof markedText>;
export type SearchHit = z.infer<typeof searchHit>;
