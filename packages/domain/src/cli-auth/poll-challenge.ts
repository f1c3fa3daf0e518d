import type { CliChallengeStatus, PolledCliChallenge } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { DeviceCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { hashOfToken } from "../members/link-token.ts";

/**
 * Tells a command line what came of its wish. The first answer after a yes makes the key and holds it: nobody stores a token,
 * and of two that ask at once one gets it.
 * @throws BoardroomError not_found without the secret
 */
export async function pollChallenge(
  { system, ports }: DeviceCtx,
  { id, secret }: InputOf<"cliAuth.poll">,
): Promise<PolledCliChallenge> {
  const key = await ports.secrets.newKey("brb");
  const [row] = await system.raw<{
    status: CliChallengeStatus | "expired";
    expiresAt: string;
    keyExpiresAt: string | null;
  }>(sql`
    with target as (
      select * from cli_challenges where id = ${id}::uuid and secret_hash = ${await hashOfToken(secret)} for update),
    claimed as (
      update cli_challenges k set status = 'claimed' from target t
      where k.id = t.id and t.status = 'approved' and t.expires_at > now() returning k.*),
    made as (
      insert into board_keys (user_id, name, prefix, key_hash, scopes, expires_at)
      select user_id, client_name, ${key.prefix}::text, ${key.hash}::text, scopes, now() + make_interval(days => key_days) from claimed
      returning expires_at)
    select case when t.expires_at <= now() and t.status in ('pending', 'approved') then 'expired' else t.status::text end as status,
      ${isoText(sql`t.expires_at`)} as "expiresAt", (select ${isoText(sql`made.expires_at`)} from made) as "keyExpiresAt"
    from target t`);
  const { status, expiresAt, keyExpiresAt } = found(row, "challenge");
  return { status, expiresAt, token: keyExpiresAt === null ? null : key.token, keyExpiresAt };
}
