import { gzipSync } from "node:zlib";
import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { startMachineRun } from "./board/machine-run.ts";
import { type PageOptions, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const mostBytes = 130_000;

/** The JavaScript that a first visit to this address transfers, in bytes as gzip makes them. */
async function measureFirstLoad(
  path: string,
  person: PageOptions["person"],
): Promise<{ files: number; bytes: number }> {
  const visit = await browser.open(boardroom.url, path, { person });
  await visit.waitForLoadState("networkidle");
  const urls = await visit.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .flatMap(({ name }) => (new URL(name).pathname.endsWith(".js") ? [name] : [])),
  );
  const scripts = await Promise.all([...new Set(urls)].map(async (url) => (await fetch(url)).arrayBuffer()));
  const inline = await visit.evaluate(() => [...document.scripts].map(({ text }) => text).join("\n"));
  const bytes = [...scripts.map((script) => new Uint8Array(script)), Buffer.from(inline)];
  return { files: scripts.length, bytes: bytes.reduce((sum, each) => sum + gzipSync(each).length, 0) };
}

it("a first load of each kind of screen transfers less than 130 kB of JavaScript", async () => {
  const founded = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid, company, owner } = founded;
  const { agent, server } = await boardroom.hireHttpAgent(founded);
  await board.call("agents.invoke", { params: { id: agent.id }, body: {} });
  const { runId } = await server.webhook();
  const routine = await board.call("routines.create", { params: { cid }, body: { title: "Weekly report" } });
  const issue = await board.call("issues.create", { params: { cid }, body: { title: "Compare paper suppliers" } });
  const work = await startMachineRun(boardroom, founded);
  const diff = { kind: "diff", title: "Changes", ref: "main", data: { patch: "", files: [], isCut: false } } as const;
  const changes = await board.call("workProducts.create", { params: { id: work.issue.id }, body: diff });
  const base = `/${company.issuePrefix.toLowerCase()}`;
  const screens = [
    { name: "Sign-in", path: "/sign-in", person: undefined },
    { name: "Home", path: base, person: owner },
    { name: "Inbox", path: `${base}/inbox`, person: owner },
    { name: "Issue", path: `${base}/issues/${issue.identifier}`, person: owner },
    { name: "Agent", path: `${base}/agents/${agent.urlKey}`, person: owner },
    { name: "Hire", path: `${base}/agents/new?adapter=claude_local`, person: owner },
    { name: "Configuration", path: `${base}/agents/${agent.urlKey}?tab=configuration`, person: owner },
    { name: "Runner", path: `${base}/runners/${work.machine.runnerId}`, person: owner },
    { name: "Connect", path: `${base}/runners/new`, person: owner },
    { name: "Workspace", path: `${base}/issues/${work.issue.identifier}`, person: owner },
    { name: "Changes", path: `${base}/issues/${work.issue.identifier}/changes/${changes.id}`, person: owner },
    { name: "Tool rules", path: `${base}/settings/tool-rules?sheet=add-rule`, person: owner },
    { name: "Run", path: `${base}/runs/${runId}?view=transcript`, person: owner },
    { name: "Routine", path: `${base}/routines/${routine.id}?sheet=add-schedule`, person: owner },
  ];
  const lines: string[] = [];
  for (const { name, path, person } of screens) {
    const { files, bytes } = await measureFirstLoad(path, person);
    lines.push(`  ${name.padEnd(13)} ${(bytes / 1000).toFixed(1).padStart(6)} kB gz in ${files} files`);
    expect(bytes).toBeLessThan(mostBytes);
    expect(files).toBeGreaterThan(0);
  }
  process.stdout.write(`JavaScript of a first load\n${lines.join("\n")}\n`);
});
