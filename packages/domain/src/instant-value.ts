import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

/**
 * A time as a parameter, null when not given.
 * @throws BoardroomError invalid_request for the year 0, which ISO 8601 has and PostgreSQL doesn't
 */
export function instantValue(time: string | null | undefined): SQL {
  if (time?.startsWith("0000")) throw new BoardroomError("invalid_request", "There is no year 0000.");
  return sql`${time ?? null}::timestamptz`;
}
