import { type SQL, sql } from "drizzle-orm";

/** How long a link works: that of one person for three days, an open one, whose visitors only ask, for thirty. */
export const inviteExpiry = (isOpen: SQL): SQL =>
  sql`now() + case when ${isOpen} then interval '30 days' else interval '72 hours' end`;

/** Where a link leads. */
export const linkOf = (publicUrl: string, token: string): string => `${publicUrl}/join/${token}`;
