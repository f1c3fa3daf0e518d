import * as z from "zod";
import { id, instant } from "../primitives.ts";

/** A file on an issue. */
export const attachment = z
  .object({
    id,
    companyId: id,
    issueId: id,
    originalFilename: z.string().describe("Cleaned: no path, no control characters, at most 200 characters"),
    contentType: z.string().describe("What its bytes are, whatever was said of them"),
    byteSize: z.number().int(),
    sha256: z.string(),
    contentPath: z.string().describe("Where its bytes are"),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    createdByName: z.string(),
    runId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Attachment" });

export type Attachment = z.infer<typeof attachment>;
