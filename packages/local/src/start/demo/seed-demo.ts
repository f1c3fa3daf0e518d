import type { Agent, BoardroomClient, Company, Issue } from "@boardroom/contract";
import type { DemoState } from "./demo-state.ts";
import {
  type DemoAgent,
  demoAgents,
  demoCompany,
  demoGoal,
  demoMilestones,
  demoProject,
  demoTasks,
  planningIssue,
} from "./script.ts";

export interface SeededAgent {
  agent: Agent;
  part: DemoAgent;
  secret: string;
}

export interface SeedOptions {
  board: BoardroomClient;
  state: DemoState;
  /** Where the demo's agents take their webhooks. */
  agentUrl: string;
  /** Called for each agent before it gets work. */
  onAgent(agent: SeededAgent): void;
}

/** Founds the demo company through the public API, or finds what earlier starts left of it. */
export async function seedDemo({ board, state, agentUrl, onAgent }: SeedOptions): Promise<void> {
  const company = (await findCompany(board)) ?? (await board.call("companies.create", { body: demoCompany }));
  if (company.status !== "active") return;
  const cid = company.id;
  const hired = await board.call("agents.list", { params: { cid }, query: { limit: 200 } });
  const seeded: SeededAgent[] = [];
  for (const part of demoAgents) {
    const boss = seeded.find(({ part: { role } }) => role === "lead")?.agent.id ?? null;
    const found = hired.find(({ name }) => name === part.name);
    seeded.push(await (found ? connect(board, found, part, state, agentUrl) : hire(board, cid, part, boss, agentUrl)));
  }
  for (const each of seeded) {
    state.secrets[each.agent.id] = each.secret;
    onAgent(each);
  }
  if (company.issueCounter === 0) await writeFirstWork(board, company, seeded);
}

async function findCompany(board: BoardroomClient): Promise<Company | undefined> {
  const companies = await board.call("companies.list", { query: { limit: 200 } });
  return companies.find(({ name }) => name === demoCompany.name);
}

async function hire(
  board: BoardroomClient,
  cid: string,
  part: DemoAgent,
  reportsTo: string | null,
  agentUrl: string,
): Promise<SeededAgent> {
  const { name, title, capabilities, budgetMonthlyCents, role } = part;
  const { webhookSecret, ...agent } = await board.call("agents.create", {
    params: { cid },
    body: {
      name,
      title,
      capabilities,
      budgetMonthlyCents,
      reportsTo,
      role: role === "lead" ? "ceo" : "general",
      adapterConfig: { url: agentUrl },
      // The lead plans every minute; the others are woken by what it hands out, and look for leftovers now and then.
      runtimeConfig: { heartbeat: { enabled: true, intervalSec: role === "lead" ? 60 : 300 } },
    },
  });
  if (!webhookSecret) throw new Error(`Hiring ${name} answered no signing secret`);
  return { agent, part, secret: webhookSecret };
}

/** An agent of an earlier start: its address may have moved, its secret may be lost. */
async function connect(
  board: BoardroomClient,
  agent: Agent,
  part: DemoAgent,
  state: DemoState,
  agentUrl: string,
): Promise<SeededAgent> {
  const params = { id: agent.id };
  if (agent.status !== "terminated" && agent.adapterConfig.url !== agentUrl) {
    await board.call("agents.update", { params, body: { adapterConfig: { url: agentUrl } } });
  }
  const known = state.secrets[agent.id];
  const secret = known ?? (await board.call("agents.rotateWebhookSecret", { params })).webhookSecret;
  return { agent, part, secret };
}

async function writeFirstWork(board: BoardroomClient, { id: cid }: Company, seeded: SeededAgent[]): Promise<void> {
  const params = { cid };
  const idOf = (name: string) => seeded.find(({ part }) => part.name === name)?.agent.id;
  const lead = seeded.find(({ part }) => part.role === "lead")?.agent.id;
  const goal = await board.call("goals.create", {
    params,
    body: { ...demoGoal, level: "company", status: "active", ownerAgentId: lead },
  });
  const project = await board.call("projects.create", {
    params,
    body: { ...demoProject, status: "in_progress", goalIds: [goal.id], leadAgentId: lead },
  });
  const milestoneIds: string[] = [];
  for (const { dueInDays, ...milestone } of demoMilestones) {
    const targetDate = new Date(Date.now() + dueInDays * 86_400_000).toISOString().slice(0, 10);
    const body = { ...milestone, targetDate };
    milestoneIds.push((await board.call("milestones.create", { params: { id: project.id }, body })).id);
  }
  const work = { projectId: project.id, goalId: goal.id, status: "todo" } as const;
  const issues: Issue[] = [];
  issues.push(
    await board.call("issues.create", { params, body: { ...planningIssue, ...work, assigneeAgentId: lead } }),
  );
  for (const [at, { title, description, to }] of demoTasks.slice(0, 2).entries()) {
    const place = { ...work, parentId: issues[0]?.id, milestoneId: milestoneIds[at % milestoneIds.length] };
    const body = { title, description, ...place, assigneeAgentId: idOf(to) };
    issues.push(await board.call("issues.create", { params, body }));
  }
}
