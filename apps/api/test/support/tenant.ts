import { randomBytes, randomUUID } from "node:crypto";
import { type BoardroomClient, type Caller, createClient } from "@boardroom/contract";
import {
  connectDevice,
  type HiredTestAgent,
  type TestBoardroom,
  type TestCompany,
  type TestDevice,
} from "@boardroom/testing";
import { createTokens } from "../../src/tokens.ts";
import { attachFile } from "./examples/content.ts";
import { silentEndpoint } from "./examples/webhooks.ts";
import { newGovernedThings } from "./governed-things.ts";
import { newWorkThings } from "./work-things.ts";

/** The ways to prove oneself, each with the kind of caller that it makes one. */
export const callerKinds = {
  session: "user",
  boardKey: "user",
  agentKey: "agent",
  runToken: "run",
  runnerToken: "runner",
} as const satisfies Record<string, Caller>;
export type CallerName = keyof typeof callerKinds;
export const callerNames = Object.keys(callerKinds) as CallerName[];

export interface TestRun {
  runId: string;
  fence: number;
  token: string;
}

/** One of everything that an id in a path or a body can name. */
export interface TenantIds {
  company: string;
  agent: string;
  colleague: string;
  goal: string;
  project: string;
  milestone: string;
  label: string;
  issue: string;
  comment: string;
  /** Its key, by which it is addressed within its issue. */
  document: string;
  documentRevision: string;
  attachment: string;
  run: string;
  approval: string;
  routine: string;
  routineTrigger: string;
  routineRevision: string;
  runner: string;
  runnerCode: string;
  environmentTest: string;
  projectWorkspace: string;
  executionWorkspace: string;
  interaction: string;
  toolApproval: string;
  toolRule: string;
  /** Its key, by which it is addressed. */
  skill: string;
  secret: string;
  invite: string;
  joinRequest: string;
  boardKey: string;
  agentKey: string;
  configRevision: string;
  criterion: string;
  reviewStage: string;
  treeHold: string;
  costEvent: string;
  price: string;
  budgetPolicy: string;
  budgetIncident: string;
  pushSubscription: string;
  user: string;
  member: string;
  webhookEndpoint: string;
  webhookDelivery: string;
}

/** A company with one of everything, and all who may call in it. */
export interface Tenant extends TestCompany {
  boardroom: TestBoardroom;
  ids: TenantIds;
  /** A word that stands in all names and texts of this company, and nowhere else. */
  mark: string;
  /** The agent behind the callers `agentKey` and `runToken`. */
  agent: HiredTestAgent;
  run: TestRun;
  /** The machine behind the caller `runnerToken`. */
  device: TestDevice;
  headers: Record<CallerName, Record<string, string>>;
  clients: Record<CallerName, BoardroomClient>;
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
export const word = () => `w${randomBytes(6).toString("hex")}`;

/** Founds a company and fills it through the public API. */
export async function newTenant(boardroom: TestBoardroom): Promise<Tenant> {
  const mark = word();
  const company = await boardroom.newCompany({ name: `Acme ${mark}` });
  const { board, cid, owner } = company;
  const agent = await boardroom.hireHttpAgent(company, { name: `Ada ${mark}` });
  const id = agent.agent.id;
  const colleague = await boardroom.hireHttpAgent(company, { name: `Bob ${mark}` });
  const goal = await board.call("goals.create", { params: { cid }, body: { title: `Goal ${mark}` } });
  const project = await board.call("projects.create", {
    params: { cid },
    body: { name: `Project ${mark}`, leadAgentId: id },
  });
  const milestone = await board.call("milestones.create", {
    params: { id: project.id },
    body: { name: `Milestone ${mark}` },
  });
  const label = await board.call("labels.create", { params: { cid }, body: { name: `Label ${mark}` } });
  const issue = await board.call("issues.create", { params: { cid }, body: { title: `Issue ${mark}` } });
  const comment = await board.call("issues.comment", { params: { id: issue.id }, body: { body: `Comment ${mark}` } });
  const document = await board.call("documents.put", {
    params: { id: issue.id, key: `plan-${mark}` },
    body: { title: `Plan ${mark}`, body: `Document ${mark}` },
  });
  const attachment = await attachFile(
    { url: company.url, cid, headers: { session: owner.headers } },
    issue.id,
    "session",
    mark,
  );
  const approval = await board.call("approvals.create", {
    params: { cid },
    body: { type: "request_board_approval", payload: { text: `Approval ${mark}` } },
  });
  const routine = await board.call("routines.create", {
    params: { cid },
    body: { title: `Routine ${mark}`, assigneeAgentId: id },
  });
  const ofRoutine = { params: { id: routine.id } };
  const { trigger } = await board.call("routines.createTrigger", { ...ofRoutine, body: { kind: "webhook" } });
  await board.call("routines.update", { ...ofRoutine, body: { description: `Again ${mark}` } });
  const [revision] = await board.call("routines.revisions", ofRoutine);
  const boardKey = await board.call("boardKeys.create", { body: { name: `Key ${mark}` } });
  const agentKey = await board.call("agentKeys.create", { params: { id }, body: { name: `Key ${mark}` } });
  const invite = await board.call("invites.create", { params: { cid }, body: { role: "viewer", isOpen: true } });
  const [member] = await board.call("companies.members", { params: { cid } });
  const run = await startRun(boardroom, cid, id);
  const work = await newWorkThings({
    board,
    boardroom,
    cid,
    mark,
    run,
    url: company.url,
    agentId: id,
    issueId: issue.id,
    projectId: project.id,
  });
  const secret = await board.call("secrets.create", {
    params: { cid },
    body: { name: `Secret ${mark}`, value: `value of ${mark}` },
  });
  const webhookEndpoint = await board.call("webhookEndpoints.create", {
    params: { cid },
    body: { ...silentEndpoint(), description: `Endpoint ${mark}` },
  });
  const tested = await board.call("webhookEndpoints.test", { params: { id: webhookEndpoint.id } });
  const device = await connectDevice(company, { name: `Machine ${mark}` });
  const runnerCode = await board.call("runnerCodes.create", { params: { cid }, body: { name: `Code ${mark}` } });
  const headers = {
    session: owner.headers,
    boardKey: bearer(boardKey.token ?? ""),
    agentKey: bearer(agentKey.token ?? ""),
    runToken: bearer(run.token),
    runnerToken: bearer(device.token),
  };
  const clientOf = (as: CallerName) => createClient({ baseUrl: company.url, headers: headers[as] });
  return {
    ...company,
    boardroom,
    mark,
    agent,
    run,
    device,
    ids: {
      company: cid,
      agent: id,
      colleague: colleague.agent.id,
      goal: goal.id,
      project: project.id,
      milestone: milestone.id,
      label: label.id,
      issue: issue.id,
      comment: comment.id,
      document: document.key,
      documentRevision: document.latestRevisionId,
      attachment: attachment.id,
      run: run.runId,
      approval: approval.id,
      routine: routine.id,
      routineTrigger: trigger.id,
      routineRevision: revision?.id ?? "",
      runner: device.id,
      runnerCode: runnerCode.id,
      environmentTest: await givenTest(boardroom, cid, device.id),
      ...work,
      ...(await newGovernedThings({ board, cid, mark, agentId: id, userId: member?.userId ?? "" })),
      secret: secret.id,
      webhookEndpoint: webhookEndpoint.id,
      webhookDelivery: tested.id,
      invite: invite.id,
      joinRequest: await givenJoinRequest(boardroom, cid, invite.id, mark),
      boardKey: boardKey.id,
      agentKey: agentKey.id,
      user: member?.userId ?? "",
      member: member?.id ?? "",
    },
    headers,
    clients: {
      session: clientOf("session"),
      boardKey: clientOf("boardKey"),
      agentKey: clientOf("agentKey"),
      runToken: clientOf("runToken"),
      runnerToken: clientOf("runnerToken"),
    },
  };
}

/** Somebody who opened an open link and asks to join. */
export async function givenJoinRequest(
  boardroom: TestBoardroom,
  companyId: string,
  inviteId: string,
  userId: string,
): Promise<string> {
  const [asked] = await boardroom.ownerQuery<{ id: string }>(
    `insert into join_requests (company_id, invite_id, user_id, display_name, email, role)
     values ($1, $2, $3, $3, 'pat@example.com', 'viewer') returning id`,
    [companyId, inviteId, userId],
  );
  return asked?.id ?? "";
}

/** An environment test that the machine has taken and not yet answered. */
export async function givenTest(boardroom: TestBoardroom, companyId: string, runnerId: string): Promise<string> {
  const [test] = await boardroom.ownerQuery<{ id: string }>(
    `insert into environment_tests (company_id, adapter_type, adapter_config, runner_id, status)
     values ($1, 'process', '{"command":"true"}', $2, 'running') returning id`,
    [companyId, runnerId],
  );
  return test?.id ?? "";
}

/** A live run with a long lease, as if it had been claimed and its agent were at work. */
export async function startRun(boardroom: TestBoardroom, companyId: string, agentId: string): Promise<TestRun> {
  const [run] = await boardroom.ownerQuery<{ id: string; fence: string; leaseExpiresAt: Date }>(
    `with woken as (
       insert into wakes (company_id, agent_id, source, reason, task_key, status)
       values ($1, $2, 'on_demand', 'test', $3, 'claimed') returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, fence, started_at, acknowledged_at, lease_expires_at)
     select company_id, agent_id, id, 'on_demand', 'running', nextval('run_fence'), now(), now(), now() + interval '10 minutes' from woken
     returning id, fence, lease_expires_at as "leaseExpiresAt"`,
    [companyId, agentId, randomUUID()],
  );
  if (!run) throw new Error("The run was not made");
  const claims = { companyId, agentId, agentName: "Ada", runId: run.id, fence: Number(run.fence) };
  const token = await createTokens(boardroom.addresses.jwtSecret).mintRunToken({
    ...claims,
    expiresAt: new Date(run.leaseExpiresAt).toISOString(),
  });
  return { runId: run.id, fence: claims.fence, token };
}
