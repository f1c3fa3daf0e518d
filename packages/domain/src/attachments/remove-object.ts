import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { attachmentKey } from "./limits.ts";

/** Removes an object that no attachment names, and then what is known of it. Any number of calls may do so at once. */
export async function removeObject({ db, ports }: Pick<Ctx, "db" | "ports">, id: string): Promise<void> {
  const orphan = sql`company_id = ${db.companyId}::uuid and id = ${id}::uuid and orphan_at is not null`;
  // From here on no upload can make it an attachment any more.
  const claimed = await db.raw(sql`update attachment_objects set orphan_at = now() where ${orphan} returning id`);
  if (claimed.length === 0) return;
  await ports.objects.delete(attachmentKey(db.companyId, id));
  await db.raw(sql`delete from attachment_objects where ${orphan}`);
}
