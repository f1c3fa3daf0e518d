import { BoardroomError, type CliChallenge, type CreatedCliChallenge } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { DeviceCtx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { newLinkToken } from "../members/link-token.ts";
import { challengeColumns } from "./challenge-columns.ts";
import { newUserCode } from "./user-code.ts";

/** Challenges of one address that may be open at a time. */
const maxOpenPerAddress = 20;
const defaultKeyDays = 90;

/**
 * A command line asks to be let in, for ten minutes. What is over for a day is cleared away with it.
 * @param address where it asks from; null where that isn't known
 * @throws BoardroomError rate_limited
 */
export async function createChallenge(
  { system, ports }: DeviceCtx,
  { clientName, scopes = [], keyDays = defaultKeyDays }: InputOf<"cliAuth.challenge">,
  address: string | null,
): Promise<CreatedCliChallenge> {
  const { token: secret, hash } = await newLinkToken();
  const [created] = await system.raw<CliChallenge>(sql`
    with cleared as (delete from cli_challenges where expires_at < now() - interval '1 day'),
    k as (
      insert into cli_challenges (user_code, secret_hash, client_name, address, scopes, key_days, expires_at)
      select ${newUserCode()}::text, ${hash}::text, ${clientName}::text, ${address}::text, ${textArray(scopes)}, ${keyDays}::int,
        now() + interval '10 minutes'
      where ${address}::text is null or ${maxOpenPerAddress}::int > (
        select count(*) from cli_challenges o where o.address = ${address}::text and o.expires_at > now())
      returning *)
    select ${challengeColumns} from k`);
  if (!created) {
    throw new BoardroomError("rate_limited", "Too many command lines ask from this address. Wait a few minutes.", {
      retryAfterMs: 60_000,
    });
  }
  return {
    ...created,
    secret,
    approvalUrl: `${ports.publicUrl}/device?code=${created.userCode}`,
    pollPath: `/api/cli-auth/challenges/${created.id}?secret=${secret}`,
    suggestedPollIntervalMs: 2000,
  };
}
