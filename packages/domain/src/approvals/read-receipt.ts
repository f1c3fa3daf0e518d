import { type ApprovalReceipt, BoardroomError, type ReceiptClaims, receiptClaims } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { claimsOf } from "../receipts/claims-of.ts";
import { approvalsQuery, type ShownExtras } from "./shown-approval.ts";

/**
 * The signed receipt of a final decision: the stored one, and where the Worker died before it was stored, one made now, which is
 * the same.
 * @throws BoardroomError stale_state before the decision is final
 */
export async function readReceipt(ctx: Ctx, { id }: InputOf<"approvals.receipt">): Promise<ApprovalReceipt> {
  const receipt = await findReceipt(ctx, id);
  if (!receipt.isStored) ctx.ports.decisions.keepReceipt(ctx.db.companyId, id);
  return receipt;
}

/** Signs the receipt of a decision that is final, and keeps it. */
export async function keepReceipt(ctx: Ctx, id: string): Promise<void> {
  const { isStored, jws } = await findReceipt(ctx, id);
  if (isStored) return;
  await ctx.db.raw(sql`
    insert into approval_receipts (company_id, approval_id, jws) values (${ctx.db.companyId}::uuid, ${id}::uuid, ${jws}::text)
    on conflict do nothing`);
}

async function findReceipt(ctx: Ctx, id: string): Promise<ApprovalReceipt & { isStored: boolean }> {
  const [row] = await ctx.db.rows<typeof schema.approvals, ShownExtras & { jws: string | null }>(
    schema.approvals,
    sql`
      select shown.*, r.jws from (${approvalsQuery(ctx, sql`a.id = ${id}::uuid`, 1)}) shown
      left join approval_receipts r on r.company_id = shown.company_id and r.approval_id = shown.id`,
  );
  const { jws, ...approval } = found(row, "approval");
  if (jws !== null) return { approvalId: id, jws, claims: readClaims(jws), isStored: true };
  const claims = await claimsOf(approval);
  if (!claims) {
    throw new BoardroomError("stale_state", "This is not decided for good yet.", { status: approval.status });
  }
  return { approvalId: id, jws: await ctx.ports.receiptSigner.sign(claims), claims, isStored: false };
}

/** What a JWS of ours says; its signature is not looked at. */
function readClaims(jws: string): ReceiptClaims {
  const [, body = ""] = jws.split(".");
  const text = atob(body.replaceAll("-", "+").replaceAll("_", "/"));
  return receiptClaims.parse(JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)))));
}
