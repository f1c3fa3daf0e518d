import { documentLimits, documentStale } from "@boardroom/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, type TestAgent } from "../../test/working-agents.ts";
import { createIssue, readHeartbeatContext } from "../issues/index.ts";
import { giveEvidence, replaceCriteria } from "../reviews/index.ts";
import { searchCompany } from "../search/index.ts";
import {
  deleteDocument,
  getDocument,
  getDocumentRevision,
  listDocumentRevisions,
  listDocuments,
  putDocument,
  restoreDocument,
} from "./index.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let board: TestCtx;
let worker: TestAgent;
let manager: TestAgent;
let other: TestAgent;

beforeAll(async () => {
  tenant = await db.newTenant();
  board = tenant.board;
  [worker, manager, other] = [
    await addAgent(db.owner, tenant.companyId),
    await addAgent(db.owner, tenant.companyId),
    await addAgent(db.owner, tenant.companyId),
  ];
  await db.owner.query("update agents set reports_to = $2 where id = $1", [worker.id, manager.id]);
});

const newIssue = async () => (await createIssue(board, { title: "Write it", assigneeAgentId: worker.id })).id;
const revisionsOf = async (id: string) =>
  (await listDocumentRevisions(board, { id, key: "plan", limit: 50 })).items.map((each) => each.revisionNumber);
const actionsOf = async (id: string) =>
  (
    await db.owner.query(
      "select action from activity_log where entity_id = $1 and action like '%document%' order by seq",
      [id],
    )
  ).rows.map(({ action }) => action);

describe("a document", () => {
  it("keeps each revision with its author, goes back by a new one, and tells all of it in the log", async () => {
    const id = await newIssue();
    const first = await putDocument(board, { id, key: "plan", body: "# One" });
    expect(first).toMatchObject({
      title: "plan",
      latestRevisionNumber: 1,
      updatedByName: "Olga Owner",
      format: "markdown",
    });
    const asAgent = tenant.asAgent(worker);
    const second = await putDocument(asAgent, {
      id,
      key: "plan",
      title: "The plan",
      body: "# Two",
      changeSummary: "Better",
      baseRevisionId: first.latestRevisionId,
    });
    expect(second).toMatchObject({ title: "The plan", latestRevisionNumber: 2, updatedByAgentId: worker.id });
    const restored = await restoreDocument(board, { id, key: "plan", rid: first.latestRevisionId });
    expect(restored).toMatchObject({ title: "plan", body: "# One", latestRevisionNumber: 3 });
    expect(await revisionsOf(id)).toEqual([3, 2, 1]);
    const middle = await getDocumentRevision(board, { id, key: "plan", rid: second.latestRevisionId });
    expect(middle).toMatchObject({ body: "# Two", changeSummary: "Better", createdByAgentId: worker.id });
    expect(await listDocuments(board, { id })).toMatchObject([{ key: "plan", latestRevisionNumber: 3 }]);
    expect(await actionsOf(id)).toEqual(["issue.document_added", "issue.document_updated", "issue.document_updated"]);
  });

  it("is not written by who saw an older revision; the refusal says what stands there now", async () => {
    const id = await newIssue();
    const { latestRevisionId: base } = await putDocument(board, { id, key: "plan", body: "one" });
    const theirs = await putDocument(tenant.asAgent(worker), { id, key: "plan", body: "theirs", baseRevisionId: base });
    const refusal = await putDocument(board, { id, key: "plan", body: "mine", baseRevisionId: base }).catch((e) => e);
    expect(refusal).toMatchObject({ code: "stale_state", status: 409 });
    expect(documentStale.parse(refusal.details)).toMatchObject({
      currentRevision: { id: theirs.latestRevisionId, body: "theirs", createdByAgentId: worker.id },
    });
    const stale = { code: "stale_state" };
    await expect(putDocument(board, { id, key: "plan", body: "mine" })).rejects.toMatchObject(stale);
    const restore = { id, key: "plan", rid: base, baseRevisionId: base };
    await expect(restoreDocument(board, restore)).rejects.toMatchObject(stale);
    await deleteDocument(board, { id, key: "plan" });
    const gone = putDocument(board, { id, key: "plan", body: "mine", baseRevisionId: base });
    await expect(gone).rejects.toMatchObject({ ...stale, details: { currentRevision: null } });
  });

  it("has one winner among eight writers on one base, and among eight who begin it", async () => {
    const id = await newIssue();
    const race = async (baseRevisionId?: string) => {
      const writers = Array.from({ length: 8 }, (_, at) =>
        putDocument(board, {
          id,
          key: "plan",
          body: `${baseRevisionId} by ${at}`,
          ...(baseRevisionId && { baseRevisionId }),
        }),
      );
      const outcomes = await Promise.allSettled(writers);
      const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
      expect(lost).toEqual(Array(7).fill("stale_state"));
      return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []))[0];
    };
    const first = await race();
    const second = await race(first?.latestRevisionId);
    expect(await getDocument(board, { id, key: "plan" })).toEqual(second);
    expect(await revisionsOf(id)).toEqual([2, 1]);
  });

  it("is the same after the same call again", async () => {
    const id = await newIssue();
    const { latestRevisionId: baseRevisionId } = await putDocument(board, { id, key: "plan", body: "one" });
    const put = () => putDocument(board, { id, key: "plan", body: "two", baseRevisionId });
    expect(await put()).toEqual(await put());
    expect(await revisionsOf(id)).toEqual([2, 1]);
  });

  it("is written by people, by who works on the issue and by those above, and by nobody else", async () => {
    const id = await newIssue();
    const forbidden = { code: "forbidden" };
    await expect(putDocument(tenant.asAgent(other), { id, key: "plan", body: "x" })).rejects.toMatchObject(forbidden);
    const made = await putDocument(tenant.asAgent(manager), { id, key: "plan", body: "x" });
    await expect(deleteDocument(tenant.asAgent(other), { id, key: "plan" })).rejects.toMatchObject(forbidden);
    expect(await getDocument(tenant.asAgent(other), { id, key: "plan" })).toEqual(made);
    await deleteDocument(tenant.asAgent(worker), { id, key: "plan" });
    await expect(getDocument(board, { id, key: "plan" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("has limits: documents of an issue, revisions of a document", async () => {
    const id = await newIssue();
    const made = await putDocument(board, { id, key: "plan", body: "x" });
    await db.owner.query("update documents set latest_revision_number = $2 where id = $1", [
      made.id,
      documentLimits.revisions,
    ]);
    const again = putDocument(board, { id, key: "plan", body: "y", baseRevisionId: made.latestRevisionId });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    await db.owner.query(
      `insert into documents (company_id, issue_id, key, title, body, latest_revision_id, latest_revision_number, updated_by_name)
       select company_id, issue_id, 'd' || n, '', '', uuidv7(), 1, '' from documents, generate_series(2, $2) n where id = $1`,
      [made.id, documentLimits.perIssue],
    );
    await expect(putDocument(board, { id, key: "more", body: "x" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is found by search, stands in the heartbeat's context, shows that a criterion is met, and is nobody else's", async () => {
    const id = await newIssue();
    await putDocument(board, { id, key: "plan", title: "Heron", body: "The pelican flies at dawn" });
    const [hit] = await searchCompany(board, { q: "pelican", limit: 5 });
    expect(hit).toMatchObject({ entityType: "document", urlKey: "plan", issue: { id } });
    expect((await readHeartbeatContext(board, { id })).documents).toMatchObject([{ key: "plan", title: "Heron" }]);
    const [criterion] = await replaceCriteria(board, { id, criteria: [{ text: "A plan" }] });
    const show = (ref: string) => giveEvidence(board, { id, kid: criterion?.id ?? "", kind: "document", ref });
    await expect(show("other")).rejects.toMatchObject({ code: "invalid_reference" });
    expect(await show("plan")).toMatchObject({ evidenceKind: "document", evidenceRef: "plan" });
    const stranger = (await db.newTenant()).board;
    await expect(getDocument(stranger, { id, key: "plan" })).rejects.toMatchObject({ code: "not_found" });
    await expect(putDocument(stranger, { id, key: "plan", body: "x" })).rejects.toMatchObject({ code: "not_found" });
    await deleteDocument(board, { id, key: "plan" });
    expect(await searchCompany(board, { q: "pelican", limit: 5 })).toEqual([]);
  });
});
