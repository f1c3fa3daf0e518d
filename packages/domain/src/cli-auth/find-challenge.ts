import type { CliChallenge } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { challengeColumns } from "./challenge-columns.ts";
import { readUserCode } from "./user-code.ts";

/** The command line that shows a code, unless somebody else has answered it. */
export async function findChallenge(
  { system, person }: PersonCtx,
  { code }: InputOf<"cliAuth.find">,
): Promise<CliChallenge> {
  const [challenge] = await system.raw<CliChallenge>(sql`
    select ${challengeColumns} from cli_challenges k
    where k.user_code = ${readUserCode(code)} and (k.user_id is null or k.user_id = ${person.userId})`);
  return found(challenge, "code");
}
