import { type SearchHit, searchHit } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent, terminateAgent, updateAgent } from "../agents/index.ts";
import { createGoal } from "../goals/index.ts";
import { addComment, createIssue, deleteComment, deleteIssue, updateIssue } from "../issues/index.ts";
import { createProject } from "../projects/index.ts";
import { searchCompany } from "./index.ts";

const db = useDomainDatabase();
const find = (tenant: Tenant, q: string, more: object = {}) => searchCompany(tenant.board, { q, limit: 20, ...more });
const plain = (text: SearchHit["title"]) => text.map((piece) => piece.text).join("");
const titles = (hits: SearchHit[]) => hits.map((hit) => plain(hit.title));
const matches = (text: SearchHit["title"] | null) =>
  (text ?? []).filter((piece) => piece.isMatch).map((piece) => piece.text);

describe("search", () => {
  it("finds issues by words of title and description, the title first, and marks the words", async () => {
    const tenant = await db.newTenant();
    await createIssue(tenant.board, { title: "Renew the certificate", description: "Before the invoice run" });
    await createIssue(tenant.board, { title: "Send the invoice", description: "To <b>Acme</b>" });
    const hits = await find(tenant, "invoice");
    expect(hits.map((hit) => searchHit.strict().parse(hit).entityType)).toEqual(["issue", "issue"]);
    expect(titles(hits)).toEqual(["Send the invoice", "Renew the certificate"]);
    expect(matches(hits[0]?.title ?? null)).toEqual(["invoice"]);
    expect(matches(hits[1]?.excerpt ?? null)).toEqual(["invoice"]);
    expect(plain(hits[0]?.excerpt ?? [])).toMatch(/^To\s+Acme/);
  });

  it("finds the beginning of a word, and all words must be there", async () => {
    const tenant = await db.newTenant();
    await createIssue(tenant.board, { title: "Deployment of the website" });
    await createIssue(tenant.board, { title: "Deploy the worker" });
    expect((await find(tenant, "deploy")).length).toBe(2);
    expect(titles(await find(tenant, "deploy web"))).toEqual(["Deployment of the website"]);
  });

  it("takes quotes and a minus", async () => {
    const tenant = await db.newTenant();
    await createIssue(tenant.board, { title: "red green blue" });
    await createIssue(tenant.board, { title: "green red yellow" });
    expect(titles(await find(tenant, '"red green"'))).toEqual(["red green blue"]);
    expect(titles(await find(tenant, "red -yellow"))).toEqual(["red green blue"]);
  });

  it("forgives a slip in a title", async () => {
    const tenant = await db.newTenant();
    await createIssue(tenant.board, { title: "Quarterly accessibility review" });
    expect(titles(await find(tenant, "acessibilty"))).toEqual(["Quarterly accessibility review"]);
    expect(await find(tenant, "zzzzzz")).toEqual([]);
  });

  it.each(["1", "#1", "x1", "X-1", "acme 1"])("finds an issue by its number, written as %s", async (q) => {
    const tenant = await db.newTenant();
    const issue = await createIssue(tenant.board, { title: "The first one" });
    const hits = await find(tenant, q);
    expect(hits[0]?.issue?.id).toBe(issue.id);
  });

  it("takes no word that ends with a number for an identifier, and keeps identifiers within the filters", async () => {
    const tenant = await db.newTenant();
    const { identifier } = await createIssue(tenant.board, { title: "The first one" });
    expect(await find(tenant, "w43dcc1")).toEqual([]);
    for (const q of [identifier, identifier.replace("-", "").toLowerCase()]) {
      expect(titles(await find(tenant, q))).toEqual(["The first one"]);
      expect(await searchCompany(tenant.board, { q, status: ["done"], limit: 10 })).toEqual([]);
    }
  });

  it("finds comments with their issue, projects, goals and agents", async () => {
    const tenant = await db.newTenant();
    const issue = await createIssue(tenant.board, { title: "Plain title" });
    await addComment(tenant.board, { id: issue.id, body: "The walrus is here" });
    await createProject(tenant.board, { name: "Walrus" });
    await createGoal(tenant.board, { title: "Save each walrus" });
    await hireAgent(tenant.board, draftOf("Walrus keeper"));
    const hits = await find(tenant, "walrus");
    expect(new Set(hits.map((hit) => hit.entityType))).toEqual(new Set(["comment", "project", "goal", "agent"]));
    expect(hits.find((hit) => hit.entityType === "comment")?.issue?.identifier).toBe(issue.identifier);
    expect(titles(await find(tenant, "walrus", { kinds: ["goal"] }))).toEqual(["Save each walrus"]);
  });

  it("keeps to the states, project and assignee that are asked for", async () => {
    const tenant = await db.newTenant();
    const ada = await hireAgent(tenant.board, draftOf("Ada"));
    const project = await createProject(tenant.board, { name: "Shop" });
    await createIssue(tenant.board, { title: "paint one", status: "backlog" });
    await createIssue(tenant.board, { title: "paint two", projectId: project.id });
    await createIssue(tenant.board, { title: "paint three", assigneeAgentId: ada.id });
    expect(titles(await find(tenant, "paint", { status: ["backlog"] }))).toEqual(["paint one"]);
    expect(titles(await find(tenant, "paint", { projectId: project.id }))).toEqual(["paint two"]);
    expect(titles(await find(tenant, "paint", { assigneeAgentId: ada.id }))).toEqual(["paint three"]);
  });

  it("follows every change and forgets what is deleted", async () => {
    const tenant = await db.newTenant();
    const ada = await hireAgent(tenant.board, draftOf("Adalbert"));
    const issue = await createIssue(tenant.board, { title: "Old words" });
    const comment = await addComment(tenant.board, { id: issue.id, body: "Remarkable" });
    await updateIssue(tenant.board, { id: issue.id, title: "New words" });
    await updateAgent(tenant.board, { id: ada.id, name: "Zacharias" });
    expect(await find(tenant, "old")).toEqual([]);
    expect(titles(await find(tenant, "new words"))).toEqual(["New words"]);
    expect(titles(await find(tenant, "zacharias"))).toEqual(["Zacharias"]);
    await deleteComment(tenant.board, { id: issue.id, commentId: comment.id });
    expect(await find(tenant, "remarkable")).toEqual([]);
    await deleteIssue(tenant.board, { id: issue.id });
    expect(await find(tenant, "words")).toEqual([]);
    await terminateAgent(tenant.board, { id: ada.id });
  });

  it("finds nothing of another company, in one request", async () => {
    const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    await createIssue(other.board, { title: "Their secret plan" });
    expect(await find(mine, "secret")).toEqual([]);
    expect(await db.countRequests(() => find(other, "secret"))).toBe(1);
  });

  it.each([
    "'",
    "\\",
    "a & | ! <-> b",
    "\\' or 1=1 --",
    "🙂",
    ":*",
    '"',
    '" -',
    "()",
    "%_",
    "\u0001x\u0002",
    "x".repeat(200),
  ])("takes %j as words and never as a query", async (q) => {
    const tenant = await db.newTenant();
    await createIssue(tenant.board, { title: "Something else" });
    expect(await find(tenant, q)).toEqual([]);
  });
});
