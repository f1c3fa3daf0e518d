import type { BoardroomClient, Issue } from "@boardroom/contract";
import { behaviours, type HiredTestAgent, type TestBoardroom, type TestCompany } from "@boardroom/testing";
import { agentsOf, type Cost, hireOf, issuesOf } from "./paper-company-words.ts";
import { addMachine, type PaperMachine } from "./paper-machine.ts";
import { writeTranscript } from "./paper-transcript.ts";
import { stretchTime } from "./stretch-time.ts";

export interface PaperCompany extends TestCompany {
  /** The company's path on the board. */
  base: string;
  /** The issue with the richest page, and a run that is over. */
  issue: Issue;
  goalId: string;
  milestoneId: string;
  projectId: string;
  /** One of its labels, which some of its issues carry. */
  labelId: string;
  runId: string;
  /** A run that is under way. */
  liveRunId: string;
  /** The key of the agent whose page shows most. */
  agentKey: string;
  /** One with a schedule, a webhook and a history, and its schedule. */
  routineId: string;
  triggerId: string;
  machine: PaperMachine;
}

/** Seconds that look like hours. */
const stretch = 2400;

/** A company with a day of work behind it, made through the public API by real agents: for looks, not for promises. */
export async function makePaperCompany(boardroom: TestBoardroom, name: string): Promise<PaperCompany> {
  const company = await found(boardroom, name);
  const { board, cid } = company;
  const hired = await hireAll(boardroom, company);
  const lead = find(hired, "Ada Moreau");
  const params = { cid };
  const goal = await board.call("goals.create", {
    params,
    body: {
      title: "Fifty shops that reorder by June",
      level: "company",
      status: "active",
      ownerAgentId: lead.agent.id,
    },
  });
  const project = await board.call("projects.create", {
    params,
    body: { name: "Spring catalogue", status: "in_progress", goalIds: [goal.id], leadAgentId: lead.agent.id },
  });
  const { id: milestoneId } = await board.call("milestones.create", {
    params: { id: project.id },
    body: { name: "Catalogue at the printer", targetDate: "2026-01-15", description: "Every page is checked" },
  });
  const finished = { issue: undefined as Issue | undefined, runId: "", liveRunId: "" };
  for (const draft of issuesOf) {
    const worker = draft.to ? find(hired, draft.to) : undefined;
    const seen = worker?.server.received.length ?? 0;
    const { title, description, status, priority } = draft;
    const issue = await board.call("issues.create", {
      params,
      body: {
        ...{ title, description, priority, goalId: goal.id, projectId: project.id, milestoneId },
        status: status === "backlog" ? "backlog" : "todo",
        assigneeAgentId: worker?.agent.id,
      },
    });
    if (!worker || status === "backlog") continue;
    const { api, runId } = await worker.server.webhook(seen);
    const work = { api, cid, agentId: worker.agent.id, issue, runId };
    await workOn(work, draft.says, draft.cost);
    if (!finished.runId || status === "in_progress") await writeTranscript(api, runId);
    if (status === "in_progress") {
      finished.issue = issue;
      finished.liveRunId = runId;
      continue;
    }
    const blocked = { ownerAgentId: lead.agent.id, action: "Send the final page count" };
    await api.call("issues.update", {
      params: { id: issue.id },
      body: status === "blocked" ? { status, blocked } : { status },
    });
    await api.call("runs.complete", { params: { id: runId }, body: draft.ends });
    finished.runId ||= runId;
  }
  await proposeHire(boardroom, company, lead);
  const labelId = await addLabels(company);
  const routine = await makeRoutine(company, find(hired, "Mira Okafor").agent.id, project.id);
  await setTimer(company, lead.agent.id);
  const machine = await addMachine(boardroom, company);
  if (!finished.issue) throw new Error("No issue is in progress");
  await board.call("issues.comment", {
    params: { id: finished.issue.id },
    body: { body: "Good. Leave Keller & Fils to me, I know the owner." },
  });
  await addContent(company, finished.issue.id);
  await stretchTime(boardroom, cid, stretch);
  await boardroom.ownerQuery(
    "update heartbeat_runs set last_progress_at = now() where company_id = $1 and status = 'running'",
    [cid],
  );
  const issue = await board.call("issues.get", { params: { id: finished.issue.id } });
  return {
    ...company,
    base: `/${company.company.issuePrefix.toLowerCase()}`,
    issue,
    goalId: goal.id,
    milestoneId,
    projectId: project.id,
    labelId,
    runId: finished.runId,
    liveRunId: finished.liveRunId,
    agentKey: lead.agent.urlKey,
    ...routine,
    machine,
  };
}

/** A plan, a file, and a criterion that one of them may show. */
async function addContent({ board, cid, url, owner }: TestCompany, id: string): Promise<void> {
  const document = { params: { id, key: "call-plan" } };
  const body = {
    title: "Call plan",
    body: "## Monday\n\n- [x] Lyon\n- [ ] Grenoble\n\n| Shop | Calls |\n|---|--:|\n| Keller | 3 |",
  };
  const { latestRevisionId } = await board.call("documents.put", { ...document, body });
  const second = {
    body: `${body.body}\n| Fils | 1 |`,
    baseRevisionId: latestRevisionId,
    changeSummary: "One more shop",
  };
  await board.call("documents.put", { ...document, body: second });
  await fetch(`${url}/api/companies/${cid}/issues/${id}/attachments`, {
    method: "POST",
    headers: { ...owner.headers, "x-file-name": "shops.csv" },
    body: "shop,calls\nKeller,3\n",
  });
  await board.call("criteria.replace", { params: { id }, body: { criteria: [{ text: "Every shop was called" }] } });
}

/** Two labels on the work that there is: one on every other issue, one on every third. */
async function addLabels({ board, cid }: TestCompany): Promise<string> {
  const params = { cid };
  const label = (name: string, color: string) => board.call("labels.create", { params, body: { name, color } });
  const [shop, waits] = [await label("Shops", "#2563eb"), await label("Waits for a customer", "#ca8a04")];
  const ids = (await board.call("issues.list", { params })).map(({ id }) => id);
  const put = (each: number, addLabelIds: string[]) =>
    board.call("issues.bulk", { params, body: { ids: ids.filter((_, at) => at % each === 0), set: { addLabelIds } } });
  await put(2, [shop.id]);
  await put(3, [waits.id]);
  return shop.id;
}

/** Work that comes every Monday, or when the shop's system calls; one fire waits for its agent. */
async function makeRoutine({ board, cid }: TestCompany, assigneeAgentId: string, projectId: string) {
  const routine = await board.call("routines.create", {
    params: { cid },
    body: {
      title: "Sales of the week before {{date}}",
      description: "Orders per shop for {{region}}, against the week before. Name the three that fell most.",
      assigneeAgentId,
      projectId,
      variables: [{ name: "region", description: "Which shops to count", default: "Lyon" }],
    },
  });
  const params = { id: routine.id };
  const { trigger } = await board.call("routines.createTrigger", {
    params,
    body: { kind: "schedule", cronExpression: "0 8 * * 1", timezone: "Europe/Paris" },
  });
  await board.call("routines.createTrigger", {
    params,
    body: { kind: "webhook", label: "Shop system", signingMode: "hmac_sha256" },
  });
  await board.call("routines.run", { params, body: {} });
  await board.call("routines.update", { params, body: { priority: "high" } });
  return { routineId: routine.id, triggerId: trigger.id };
}

async function setTimer({ board }: TestCompany, id: string): Promise<void> {
  const heartbeat = { enabled: true, intervalSec: 14_400, maxRunsPerDay: 12, maxCostPerDayCents: 1500 };
  await board.call("agents.update", { params: { id }, body: { runtimeConfig: { heartbeat } } });
}

/** Founded without a wish for its prefix, as most are: the prefix is readable then. */
async function found({ signUp, url }: TestBoardroom, name: string): Promise<TestCompany> {
  const owner = await signUp("Nora Lindqvist");
  const { board } = owner;
  const company = await board.call("companies.create", {
    body: { name, budgetMonthlyCents: 40_000, requireBoardApprovalForNewAgents: true },
  });
  return { url, company, cid: company.id, owner, board };
}

async function hireAll(boardroom: TestBoardroom, company: TestCompany): Promise<HiredTestAgent[]> {
  const hired: HiredTestAgent[] = [];
  for (const { reportsTo, ...draft } of agentsOf) {
    const manager = hired.find(({ agent }) => agent.name === reportsTo)?.agent.id;
    hired.push(
      await boardroom.hireHttpAgent(company, { ...draft, reportsTo: manager, behaviour: behaviours.accept() }),
    );
  }
  return hired;
}

function find(hired: HiredTestAgent[], name: string): HiredTestAgent {
  const found = hired.find(({ agent }) => agent.name === name);
  if (!found) throw new Error(`${name} is not hired`);
  return found;
}

interface Work {
  api: BoardroomClient;
  cid: string;
  agentId: string;
  issue: Issue;
  runId: string;
}

async function workOn({ api, cid, agentId, issue, runId }: Work, says: readonly string[], cost: Cost): Promise<void> {
  const params = { id: issue.id };
  await api.call("issues.checkout", { params, body: { agentId } });
  const events = cost.steps.map((message, index) => ({
    seq: index + 1,
    kind: index % 2 ? "tool" : "thought",
    message,
  }));
  await api.call("runs.addEvents", { params: { id: runId }, body: { events } });
  for (const body of says) await api.call("issues.comment", { params, body: { body } });
  const { model, costCents, inputTokens, outputTokens } = cost;
  const spent = { provider: "anthropic", model, costCents, inputTokens, outputTokens };
  await api.call("costs.report", { params: { cid }, body: { agentId, issueId: issue.id, ...spent } });
}

async function proposeHire(
  { clientWith }: TestBoardroom,
  { board, cid }: TestCompany,
  lead: HiredTestAgent,
): Promise<void> {
  const params = { id: lead.agent.id };
  const { token } = await board.call("agentKeys.create", { params, body: { name: "Planning script" } });
  const asLead = clientWith(token ?? "");
  await asLead.call("agents.hire", { params: { cid }, body: { ...hireOf, reportsTo: lead.agent.id } });
}
