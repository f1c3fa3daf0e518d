import { BoardroomError, type CliChallenge } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { challengeColumns } from "./challenge-columns.ts";

/** Lets a command line act for the caller. @throws BoardroomError conflict when its time is over or it was answered */
export const approveChallenge = (ctx: PersonCtx, { id }: InputOf<"cliAuth.approve">): Promise<CliChallenge> =>
  decide(ctx, id, "approved");

/** Turns a command line away. @throws BoardroomError conflict when its time is over or it has its key */
export const cancelChallenge = (ctx: PersonCtx, { id }: InputOf<"cliAuth.cancel">): Promise<CliChallenge> =>
  decide(ctx, id, "cancelled");

async function decide(
  { system, person }: PersonCtx,
  id: string,
  verdict: "approved" | "cancelled",
): Promise<CliChallenge> {
  // Who said yes may take it back until the command line has its key.
  const from = verdict === "approved" ? sql`('pending')` : sql`('pending', 'approved')`;
  const [challenge] = await system.raw<CliChallenge>(sql`
    with target as (
      select * from cli_challenges where id = ${id}::uuid and (user_id is null or user_id = ${person.userId}) for update),
    decided as (
      update cli_challenges k set status = ${verdict}::cli_challenge_status, user_id = ${person.userId}::text from target t
      where k.id = t.id and t.status in ${from} and t.expires_at > now() returning k.*)
    select ${challengeColumns} from (select * from decided union all select * from target where not exists (select 1 from decided)) k`);
  const { status } = found(challenge, "code");
  if (challenge && status === verdict) return challenge;
  throw new BoardroomError("conflict", "This code is too old or was answered already. Ask for a new one.", { status });
}
