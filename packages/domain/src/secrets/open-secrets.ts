import type { Ctx } from "../context.ts";
import type { FoundSecretRow } from "./claim-parts.ts";
import { dataKeyPlace, secretPlace } from "./places.ts";

/** Values of secrets by their keys. */
export type SecretValues = ReadonlyMap<string, string>;

/** A stored value with what it takes to open it. */
export type SealedVersion = Pick<FoundSecretRow, "id" | "version" | "sealed" | "dataKeyVersion" | "wrapped">;

/** Opens what the claim found. */
export async function openSecrets(ctx: Ctx, found: readonly FoundSecretRow[]): Promise<SecretValues> {
  const opened = found.map(async (row) => [row.key, await openVersion(ctx, row)] as const);
  return new Map(await Promise.all(opened));
}

export async function openVersion(ctx: Ctx, row: SealedVersion): Promise<string> {
  const { id, version, sealed, dataKeyVersion, wrapped } = row;
  if (id === null || version === null || sealed === null || dataKeyVersion === null || wrapped === null) {
    throw new Error("A secret without a value was to be opened.");
  }
  const { companyId } = ctx.db;
  const key = { wrapped, context: dataKeyPlace(companyId, dataKeyVersion) };
  return ctx.ports.secrets.openWith(key, sealed, secretPlace(companyId, id, version));
}
