import { agentTemplate, configRevision, instructionFiles, instructionsBundle } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { requestWakeup } from "../heartbeat/index.ts";
import { getInstructions, updateInstructions } from "../instructions/index.ts";
import { buildJob } from "../runners/build-job.ts";
import { listAgentTemplates } from "../templates/index.ts";
import * as agents from "./index.ts";

const db = useDomainDatabase();
const first = { limit: 50 };
const firstSource = (items: { source: string }[]) => items.map(({ source }) => source);

describe("every change of an agent's configuration", () => {
  it("is kept with what it was, what it became and by whom; what changes nothing leaves nothing", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada"));
    await agents.updateAgent(board, { id, title: "Countess", capabilities: "Sums" });
    await agents.updateAgent(board, { id, title: "Countess" });
    await agents.setAgentPermissions(board, { id, canCreateAgents: true });
    await agents.setAgentBudget(board, { id, budgetMonthlyCents: 500 });
    await updateInstructions(board, { id, files: [{ path: "AGENTS.md", content: "Count." }] });
    const { items } = await agents.listConfigRevisions(board, { id, ...first });
    for (const item of items) expect(configRevision.safeParse(item).error).toBeUndefined();
    expect(firstSource(items)).toEqual(["instructions", "budget", "permissions", "update", "hire"]);
    expect(items[3]).toMatchObject({
      changedKeys: ["capabilities", "title"],
      beforeConfig: { title: null },
      afterConfig: { title: "Countess" },
      createdByName: "Olga Owner",
    });
    expect(items[1]?.afterConfig.budgetMonthlyCents).toBe(500);
    expect(items[0]?.changedKeys).toEqual(["instructionsVersion"]);
  });

  it("can be gone back to, which is kept as well; the budget stays", async () => {
    const { board } = await db.newTenant();
    const boss = await agents.hireAgent(board, draftOf("Boss"));
    const { id } = await agents.hireAgent(board, draftOf("Ada", { title: "First" }));
    await updateInstructions(board, { id, files: [{ path: "AGENTS.md", content: "One." }] });
    const [one] = (await agents.listConfigRevisions(board, { id, ...first })).items;
    await agents.updateAgent(board, { id, name: "Adele", title: "Second", reportsTo: boss.id });
    await updateInstructions(board, { id, files: [{ path: "AGENTS.md", content: "Two." }] });
    await agents.setAgentBudget(board, { id, budgetMonthlyCents: 900 });
    const back = await agents.rollbackConfig(board, { id, rid: one?.id ?? "" });
    expect(back).toMatchObject({
      name: "Ada",
      urlKey: "ada",
      title: "First",
      reportsTo: null,
      budgetMonthlyCents: 900,
    });
    expect((await getInstructions(board, { id })).files).toEqual([{ path: "AGENTS.md", content: "One." }]);
    const [latest] = (await agents.listConfigRevisions(board, { id, ...first })).items;
    expect(latest).toMatchObject({
      source: "rollback",
      rolledBackFromRevisionId: one?.id,
      changedKeys: ["instructionsVersion", "name", "reportsTo", "title"],
    });
  });

  it("is gone back to only under the rules of an update", async () => {
    const { board } = await db.newTenant();
    const boss = await agents.hireAgent(board, draftOf("Boss"));
    const { id } = await agents.hireAgent(board, draftOf("Ada", { reportsTo: boss.id }));
    const [hired] = (await agents.listConfigRevisions(board, { id, ...first })).items;
    await agents.updateAgent(board, { id, name: "Adele", reportsTo: null });
    await agents.terminateAgent(board, { id: boss.id });
    const back = () => agents.rollbackConfig(board, { id, rid: hired?.id ?? "" });
    await expect(back()).rejects.toMatchObject({ code: "unusable_reference" });
    await expect(agents.rollbackConfig(board, { id: boss.id, rid: hired?.id ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
    const other = await db.newTenant();
    await expect(agents.rollbackConfig(other.board, { id, rid: hired?.id ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(agents.listConfigRevisions(other.board, { id, ...first })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("tells true before and after when several change it at once", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada", { title: "0" }));
    await Promise.all(Array.from({ length: 12 }, (_, at) => agents.updateAgent(board, { id, title: `t${at}` })));
    const { items } = await agents.listConfigRevisions(board, { id, ...first });
    expect(items).toHaveLength(13);
    for (const [at, item] of items.slice(0, -1).entries())
      expect(item.beforeConfig.title).toBe(items[at + 1]?.afterConfig.title);
  });

  it("may be of its kind, with the configuration that this takes", async () => {
    const { board, companyId } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada"));
    const config = { command: "true" };
    await db.owner.query(
      `insert into runners (company_id, name, public_key, host, adapters, slots) values ($1, 'Laptop', 'x', '{}', '[{"type":"process"}]', 1)`,
      [companyId],
    );
    expect(await agents.updateAgent(board, { id, adapterType: "process", adapterConfig: config })).toMatchObject({
      adapterType: "process",
      adapterConfig: config,
    });
    await expect(agents.updateAgent(board, { id, adapterType: "http", adapterConfig: config })).rejects.toMatchObject({
      code: "unsafe_url",
    });
  });
});

describe("instructions", () => {
  it("are written, changed and deleted by file; each change is a version that stays readable", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(
      board,
      draftOf("Ada", { instructions: [{ path: "AGENTS.md", content: "Start." }] }),
    );
    expect(await getInstructions(board, { id })).toMatchObject({ version: 1, files: [{ content: "Start." }] });
    const two = await updateInstructions(board, {
      id,
      files: [
        { path: "notes/rye.md", content: "80 %" },
        { path: "AGENTS.md", content: "Bake." },
      ],
    });
    expect(instructionsBundle.safeParse(two).error).toBeUndefined();
    expect(two).toMatchObject({ version: 2, latestVersion: 2, authorName: "Olga Owner" });
    expect(two.files.map(({ path }) => path)).toEqual(["AGENTS.md", "notes/rye.md"]);
    const same = await updateInstructions(board, { id, files: [{ path: "AGENTS.md", content: "Bake." }] });
    expect(same.version).toBe(2);
    const three = await updateInstructions(board, { id, files: [{ path: "Notes/Rye.md", content: null }] });
    expect(three.files.map(({ path }) => path)).toEqual(["AGENTS.md"]);
    expect((await getInstructions(board, { id, version: 1 })).files[0]?.content).toBe("Start.");
    await expect(getInstructions(board, { id, version: 9 })).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuse a change from an old version, too much, and to go without their entry file", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada"));
    const write = (content: string, rest: object = {}) =>
      updateInstructions(board, { id, files: [{ path: "AGENTS.md", content }], ...rest });
    await write("One.", { baseVersion: null });
    await expect(write("Two.", { baseVersion: null })).rejects.toMatchObject({ code: "stale_state" });
    await write("Two.", { baseVersion: 1 });
    const big = "x".repeat(99_000);
    await updateInstructions(board, { id, files: [{ path: "a.md", content: big }] });
    await expect(
      updateInstructions(board, {
        id,
        files: [
          { path: "b.md", content: `${big}xxxx` },
          { path: "c.md", content: big },
        ],
      }),
    ).rejects.toMatchObject({
      code: "payload_too_large",
    });
    await expect(
      updateInstructions(board, { id, files: [{ path: "AGENTS.md", content: null }] }),
    ).rejects.toMatchObject({
      code: "invalid_request",
    });
    const other = await db.newTenant();
    await expect(getInstructions(other.board, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["../x.md", "/etc/passwd", "a/../b.md", ".hidden", "a/.git/config", "a//b.md", "a/", "C:\\x", "x\u0000.md"])(
    "take no path that leads elsewhere: %j",
    (path) => {
      const files = [
        { path: "AGENTS.md", content: "x" },
        { path, content: "x" },
      ];
      expect(instructionFiles.safeParse(files).success).toBe(false);
    },
  );

  it("come to a runner with the job", async () => {
    const { board } = await db.newTenant();
    const files = [{ path: "AGENTS.md", content: "Bake." }];
    const { id } = await agents.hireAgent(board, draftOf("Ada", { instructions: files }));
    const { run } = await requestWakeup(board, { id, source: "on_demand" });
    const claimed = await claimRun(board, run?.id ?? "");
    expect(claimed && (await buildJob(board, claimed))?.instructions).toEqual(files);
  });
});

describe("letting an agent go", () => {
  it("hands its open issues to its manager with a comment and one wake, and its reports move up", async () => {
    const { board, companyId } = await db.newTenant();
    const boss = await agents.hireAgent(board, draftOf("Boss"));
    const left = await agents.hireAgent(board, draftOf("Lead", { reportsTo: boss.id }));
    const report = await agents.hireAgent(board, draftOf("Report", { reportsTo: left.id }));
    await db.owner.query(
      `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id)
       select $1::uuid, 'X' || right($1::text, 6) || '-' || n, n, 'Work', (array['todo', 'in_progress', 'done', 'backlog'])[n]::issue_status, $2
       from generate_series(1, 4) n`,
      [companyId, left.id],
    );
    await agents.terminateAgent(board, { id: left.id, reason: "Too slow" });
    const rows = async <T>(text: string, values: unknown[]): Promise<T[]> => (await db.owner.query(text, values)).rows;
    expect(
      await rows("select status, assignee_agent_id from issues where company_id = $1 order by issue_number", [
        companyId,
      ]),
    ).toEqual([
      { status: "todo", assignee_agent_id: boss.id },
      { status: "todo", assignee_agent_id: boss.id },
      { status: "done", assignee_agent_id: left.id },
      { status: "backlog", assignee_agent_id: boss.id },
    ]);
    const told = await rows<{ body: string }>("select body from comments where company_id = $1", [companyId]);
    expect(told.map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () => "Lead was let go: Too slow. This goes back to Boss."),
    );
    const wakes = await rows<{ agent_id: string; payload: { issueIds: string[] } }>(
      "select agent_id, payload from wakes where company_id = $1 and status = 'open'",
      [companyId],
    );
    expect(wakes.map(({ agent_id, payload }) => [agent_id, payload.issueIds.length])).toEqual([[boss.id, 2]]);
    expect(await agents.getAgent(board, { id: report.id })).toMatchObject({ reportsTo: boss.id });
    expect(firstSource((await agents.listConfigRevisions(board, { id: report.id, ...first })).items)).toEqual([
      "update",
      "hire",
    ]);
    await agents.terminateAgent(board, { id: boss.id });
    expect(await agents.getAgent(board, { id: report.id })).toMatchObject({ reportsTo: null });
    const [free] = await rows<{ n: number }>(
      "select count(*)::int as n from issues where company_id = $1 and assignee_agent_id is null",
      [companyId],
    );
    expect(free?.n).toBe(3);
  });
});

it("templates are complete, each with its own instructions", async () => {
  const all = await listAgentTemplates();
  for (const each of all) expect(agentTemplate.safeParse(each).error).toBeUndefined();
  expect(all.map(({ key }) => key)).toEqual(["ceo", "engineer", "designer", "marketer", "qa", "custom"]);
  expect(new Set(all.map(({ instructions }) => instructions[0]?.content)).size).toBe(all.length);
});
