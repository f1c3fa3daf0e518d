import type { Attachment } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { attachmentKey } from "./limits.ts";

type Facts = Pick<Attachment, "id" | "originalFilename" | "contentType" | "byteSize" | "sha256">;
export interface OpenAttachment extends Facts {
  /** Its bytes, or some of them, as they come. @throws BoardroomError not_found when it was just deleted */
  read(range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array>>;
}

/** A file that one may read. */
export async function openAttachment(ctx: Ctx, id: string): Promise<OpenAttachment> {
  const { companyId } = ctx.db;
  const [file] = await ctx.db.rows(
    schema.attachments,
    sql`select * from attachments where company_id = ${companyId}::uuid and id = ${id}::uuid`,
  );
  return {
    ...found(file, "file"),
    read: async (range) => found(await ctx.ports.objects.open(attachmentKey(companyId, id), range), "file"),
  };
}
