import { BoardroomError } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** Where signing secrets of webhooks lie: the newest has no end, one before it signs along until its own. */
interface SigningSecrets {
  table: "agent_webhook_secrets" | "webhook_endpoint_secrets";
  /** The column that says whose they are. */
  owner: "agent_id" | "endpoint_id";
}

/** What a rotation answers beside the secret. */
export interface RotationTimes {
  rotatingUntil: string | null;
  previousValidUntil: string;
}

/** Of an owner with this id: until when an earlier rotation still runs, and when the secret of now would end. */
export const rotationTimes = ({ table, owner }: SigningSecrets, companyId: string, id: SQL): SQL => sql`
  now() + interval '24 hours' as previous_valid_until, (
    select max(s.valid_until) from ${sql.identifier(table)} s
    where s.company_id = ${companyId}::uuid and s.${sql.identifier(owner)} = ${id} and s.valid_until > now()) as rotating_until`;

/**
 * CTEs that put a sealed secret beside the one of now, which ends in a day, and forget those that ended. Nothing happens while a
 * rotation runs.
 * @param mayAdd over the CTE `target`, which has `target_id` and the `rotationTimes`
 */
export const rotationParts = (
  { table, owner }: SigningSecrets,
  companyId: string,
  sealed: string,
  mayAdd: SQL = sql`true`,
): Record<"retired" | "forgotten" | "added", SQL> => {
  const [name, column] = [sql.identifier(table), sql.identifier(owner)];
  const ofTarget = sql`s.company_id = ${companyId}::uuid and s.${column} = target.target_id`;
  return {
    retired: sql`
      update ${name} s set valid_until = target.previous_valid_until from target
      where ${ofTarget} and s.valid_until is null and target.rotating_until is null`,
    forgotten: sql`delete from ${name} s using target where ${ofTarget} and s.valid_until <= now()`,
    added: sql`
      insert into ${name} (company_id, ${column}, sealed)
      select ${companyId}::uuid, target_id, ${sealed}::text from target where rotating_until is null and ${mayAdd} returning *`,
  };
};

/** The times of `target` as they are answered. */
export const shownTimes: SQL = sql`${isoText(sql`target.rotating_until`)} as rotating_until,
  ${isoText(sql`target.previous_valid_until`)} as previous_valid_until`;

/** @throws BoardroomError conflict while an earlier rotation still runs */
export function requireRotated({ rotatingUntil }: RotationTimes): void {
  if (rotatingUntil === null) return;
  throw new BoardroomError("conflict", "The last rotation still runs: the previous secret is valid for a while.", {
    previousValidUntil: rotatingUntil,
  });
}
