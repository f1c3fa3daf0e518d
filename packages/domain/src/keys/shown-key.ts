import type { Key } from "@boardroom/contract";

/** What of a key may be shown: never its hash. */
export const shownKey = ({ id, name, prefix, scopes, expiresAt, lastUsedAt, revokedAt, createdAt }: Key): Key => ({
  id,
  name,
  prefix,
  scopes,
  expiresAt,
  lastUsedAt,
  revokedAt,
  createdAt,
});
