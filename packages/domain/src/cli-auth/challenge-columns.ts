import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** The select list of a challenge `k` as the board shows it. */
export const challengeColumns: SQL = sql`
  k.id, k.user_code as "userCode", k.client_name as "clientName", k.address, to_json(k.scopes) as scopes, k.key_days as "keyDays",
  case when k.expires_at <= now() and k.status in ('pending', 'approved') then 'expired' else k.status::text end as status,
  ${isoText(sql`k.expires_at`)} as "expiresAt", ${isoText(sql`k.created_at`)} as "createdAt"`;
