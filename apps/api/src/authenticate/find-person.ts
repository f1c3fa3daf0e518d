import type { MemberRole } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { companyOfTarget, type Target } from "./target.ts";

export interface Person {
  userId: string;
  name: string;
  /** The board key that proved it; null for a session. */
  keyId: string | null;
  /** What a board key is limited to; empty for everything. */
  scopes: readonly string[];
  /** The company of the call and the person's role there; null when it is about none, or none of theirs. */
  membership: { companyId: string; role: MemberRole } | null;
}

interface PersonRow {
  id: string;
  name: string;
  key_id: string | null;
  scopes: string[];
  company_id: string | null;
  role: MemberRole | null;
}

/** Finds who is signed in, and the company of the call, in one statement. Null when the session is over. */
export function findPersonBySession(system: Connection, token: string, target: Target): Promise<Person | null> {
  return findPerson(
    system,
    target,
    sql`person as (
      select u.id, u.name, null::uuid as key_id, '[]'::json as scopes from sessions s join users u on u.id = s.user_id
      where s.token = ${token} and s.expires_at > now())`,
  );
}

/** The same by a board key; notes at most once a minute that it was used. */
export function findPersonByKey(system: Connection, hash: string, target: Target): Promise<Person | null> {
  return findPerson(
    system,
    target,
    sql`key as (
      select id, user_id, scopes, last_used_at from board_keys
      where key_hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())),
    touched as (
      update board_keys k set last_used_at = now() from key
      where k.id = key.id and (key.last_used_at is null or key.last_used_at < now() - interval '1 minute')),
    person as (
      select u.id, u.name, key.id as key_id, to_json(key.scopes) as scopes from key join users u on u.id = key.user_id)`,
  );
}

async function findPerson(system: Connection, target: Target, person: SQL): Promise<Person | null> {
  const [row] = await system.raw<PersonRow>(
    sql`with ${person}
      select person.id, person.name, person.key_id, person.scopes, located.company_id, located.role
      from person left join lateral (${companyOfTarget(target)}) located on true`,
  );
  if (!row) return null;
  const { company_id: companyId, role } = row;
  const membership = companyId === null || role === null ? null : { companyId, role };
  return { userId: row.id, name: row.name, keyId: row.key_id, scopes: row.scopes, membership };
}
