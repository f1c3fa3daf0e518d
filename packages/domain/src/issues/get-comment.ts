import type { Comment } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId } from "./internal.ts";

const { comments } = schema;

/** One comment of an issue. */
export async function getComment(ctx: Ctx, { id: ref, commentId }: InputOf<"issues.getComment">): Promise<Comment> {
  const { companyId } = ctx.db;
  const [comment] = await ctx.db.read(
    ctx.db.build
      .select()
      .from(comments)
      .where(
        and(
          eq(comments.companyId, companyId),
          eq(comments.id, commentId),
          eq(comments.issueId, issueId(companyId, ref)),
        ),
      ),
  );
  return found(comment, "comment");
}
