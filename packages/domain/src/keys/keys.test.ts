import { createdKey, key as keyEntity } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { listActivity } from "../activity/index.ts";
import { hireAgent, terminateAgent } from "../agents/index.ts";
import * as keys from "./index.ts";

const db = useDomainDatabase();
const sha256 = async (text: string) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString("hex");

it("shows an agent key's token once and keeps only its hash", async () => {
  const { board } = await db.newTenant();
  const ada = await hireAgent(board, draftOf("Ada"));
  const once = { ...board, idempotency: { key: "k", operation: "agentKeys.create", bodyHash: "h" } };
  const input = { id: ada.id, name: "Laptop", expiresAt: "2027-01-01T00:00:00.000Z" };
  const made = createdKey.strict().parse(await keys.createAgentKey(once, input));
  expect(made.token).toMatch(/^bra_/);
  expect(made.expiresAt).toBe(input.expiresAt);
  expect(await keys.createAgentKey(once, input)).toEqual({ ...made, token: null });
  const { items } = await keys.listAgentKeys(board, { id: ada.id, limit: 10 });
  expect(keyEntity.strict().array().parse(items)).toEqual(
    [{ ...made, token: undefined }].map(({ token: _, ...shown }) => shown),
  );
  const { rows } = await db.owner.query("select * from agent_keys where id = $1", [made.id]);
  expect(rows[0].key_hash).toBe(await sha256(made.token ?? ""));
  const log = await listActivity(board, { limit: 5, action: "agent_key.created" });
  expect(JSON.stringify([rows, items, log])).not.toContain(made.token);
});

it("revokes an agent key at once, and says so once", async () => {
  const { board } = await db.newTenant();
  const { id } = await hireAgent(board, draftOf("Ada"));
  const made = await keys.createAgentKey(board, { id, name: "Laptop" });
  await keys.revokeAgentKey(board, { id, kid: made.id });
  await keys.revokeAgentKey(board, { id, kid: made.id });
  const { items } = await keys.listAgentKeys(board, { id, limit: 10 });
  expect(items[0]?.revokedAt).not.toBeNull();
  expect((await listActivity(board, { limit: 5, action: "agent_key.revoked" })).items).toHaveLength(1);
});

it("hides another company's agent and its keys, and gives a terminated agent none", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const foreign = await hireAgent(other.board, draftOf("Ada"));
  const theirs = await keys.createAgentKey(other.board, { id: foreign.id, name: "k" });
  const notFound = { code: "not_found" };
  await expect(keys.listAgentKeys(mine.board, { id: foreign.id, limit: 10 })).rejects.toMatchObject(notFound);
  await expect(keys.createAgentKey(mine.board, { id: foreign.id, name: "k" })).rejects.toMatchObject(notFound);
  await expect(keys.revokeAgentKey(mine.board, { id: foreign.id, kid: theirs.id })).rejects.toMatchObject(notFound);
  await terminateAgent(other.board, { id: foreign.id });
  await expect(keys.createAgentKey(other.board, { id: foreign.id, name: "k" })).rejects.toMatchObject({
    code: "agent_not_invokable",
  });
});

it("keeps board keys with their person", async () => {
  const [pat, sam] = [await db.newPerson(), await db.newPerson()];
  const once = { ...pat, idempotency: { key: "k", operation: "boardKeys.create", bodyHash: "h" } };
  const made = createdKey.strict().parse(await keys.createBoardKey(once, { name: "CLI", scopes: ["read"] }));
  expect(made).toMatchObject({ name: "CLI", scopes: ["read"], revokedAt: null });
  expect(await keys.createBoardKey(once, { name: "CLI", scopes: ["read"] })).toEqual({ ...made, token: null });
  expect((await keys.listBoardKeys(sam, { limit: 10 })).items).toEqual([]);
  await expect(keys.revokeBoardKey(sam, { id: made.id })).rejects.toMatchObject({ code: "not_found" });
  await keys.revokeBoardKey(pat, { id: made.id });
  const { items } = await keys.listBoardKeys(pat, { limit: 10 });
  expect(keyEntity.strict().array().parse(items)[0]?.revokedAt).not.toBeNull();
});
