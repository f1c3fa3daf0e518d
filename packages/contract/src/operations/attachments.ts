import * as z from "zod";
import { attachment } from "../entities/attachment.ts";
import { operation } from "../operation.ts";
import { idParams, issueParams, pageQuery } from "../primitives.ts";

const tag = "Attachments";
const everyone = ["user", "agent", "run"] as const;

/** Upload and download stand beside the contract: `POST /companies/:cid/issues/:id/attachments`, `GET /attachments/:id/content`. */
export const attachmentOperations = {
  "attachments.list": operation({
    locate: { by: "issue", param: "id" },
    params: issueParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/issues/:id/attachments",
    summary: "The files of an issue, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(attachment),
    status: 200,
    paged: true,
  }),
  "attachments.delete": operation({
    locate: { by: "attachment", param: "id" },
    params: idParams,
    tag,
    callers: everyone,
    agents: "concerned",
    role: "operator",
    method: "DELETE",
    path: "/attachments/:id",
    summary: "Delete a file: one's own, or as a person any",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["forbidden"],
  }),
} as const;
