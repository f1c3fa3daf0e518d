import * as z from "zod";
import { issuePriorities, issueStatuses } from "../enums.ts";
import { id, instant } from "../primitives.ts";

/** How far a company's activity log is sealed. */
export const auditState = z
  .object({
    companyId: id,
    sealCount: z.number().int(),
    sealedRows: z.number().int(),
    unsealedRows: z.number().int().describe("Rows since the last seal; counted up to 10,000"),
    lastSealedAt: instant.nullable(),
    lastHash: z
      .string()
      .nullable()
      .describe("Of the last seal; note it elsewhere, and no earlier row can be rewritten unseen"),
    publicKey: z
      .string()
      .describe("The Ed25519 key that signs seals now, in base64url: what `boardroom-verify --key` takes"),
  })
  .meta({ id: "AuditState" });

/** An issue's own fields at a past moment, put together from the activity log. */
export const issueAtTime = z
  .object({
    issueId: id,
    at: instant,
    exists: z.boolean().describe("False before it was created, and after it was deleted"),
    isExact: z.boolean().describe("False where a change since then kept only the beginning of a long text"),
    state: z
      .object({
        title: z.string(),
        description: z.string().nullable(),
        status: z.enum(issueStatuses),
        priority: z.enum(issuePriorities),
        projectId: id.nullable(),
        milestoneId: id.nullable(),
        goalId: id.nullable(),
        parentId: id.nullable(),
        assigneeAgentId: id.nullable(),
        assigneeUserId: z.string().nullable(),
        billingCode: z.string().nullable(),
        labelIds: z.array(id),
        blockedByIssueIds: z.array(id),
      })
      .nullable(),
    inexactFields: z.array(z.string()).describe("Fields of the state that aren't certain at that time"),
    changesSince: z.number().int().describe("How many changes were taken back to get there"),
  })
  .meta({ id: "IssueAtTime" });

export type AuditState = z.infer<typeof auditState>;
export type IssueAtTime = z.infer<typeof issueAtTime>;
