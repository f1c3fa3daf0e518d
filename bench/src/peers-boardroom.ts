import { createTokens } from "@boardroom/api";
import { openDatabase } from "@boardroom/db";
import {
  type Ctx,
  createRunSecretCache,
  invokeHeartbeat,
  type Ports,
  startDelivery,
  systemActor,
} from "@boardroom/domain";
import { newCompany } from "@boardroom/testing/company";
import type { Stack } from "@boardroom/testing/stack";
import pg from "pg";
import type { JobQueue } from "./peers.ts";

const agentCount = 100;

/**
 * The heartbeat without its Worker: wake, claim and finish by the product's own verbs over SQL by HTTP, as the Worker sends
 * them; the agent answers at once, in this process. Every job is a task of its own, because wakes of one task become one.
 */
export async function openBoardroomQueue(stack: Stack, jobs: number): Promise<JobQueue> {
  const { addresses } = stack;
  const { board, cid: companyId } = await newCompany(addresses.url);
  const runtimeConfig = { heartbeat: { maxConcurrentRuns: 10 } };
  const agents = await Promise.all(
    Array.from({ length: agentCount }, (_, index) =>
      board.call("agents.create", {
        params: { cid: companyId },
        body: { name: `Agent ${index}`, adapterConfig: { url: "http://127.0.0.1:9/" }, runtimeConfig },
      }),
    ),
  );
  const issueIds = await addIssues(addresses.ownerUrl, companyId, jobs);
  const queued: string[] = [];
  /** Takes a run as soon as there is one; kept until somebody works. */
  let take: (runId: string) => void = (runId) => void queued.push(runId);
  let onInvoke: () => void = () => undefined;
  const ctx = createCtx(stack, companyId, {
    dispatch: (runs) => {
      for (const { runId } of runs) take(runId);
    },
    invoke: async () => {
      onInvoke();
      return { kind: "finished", httpStatus: 200, result: { status: "succeeded" } };
    },
  });
  const working = new Set<Promise<void>>();
  const rest = async () => {
    while (working.size > 0) await Promise.all(working);
    take = (runId) => void queued.push(runId);
  };
  return {
    name: "Boardroom",
    contains: "wake, run, gates, lease, fence, signature's token, result, audit rows; 3 requests over HTTP",
    async work(concurrency, onStart) {
      let started = 0;
      onInvoke = () => onStart(started++);
      const deliver = async (runId: string) => {
        const { verdict, callAgent } = await startDelivery(ctx, runId);
        if (!callAgent) throw new Error(`The claim answered ${verdict}`);
        await callAgent();
      };
      const loop = async () => {
        for (let runId = queued.shift(); runId; runId = queued.shift()) await deliver(runId);
      };
      const track = (work: Promise<void>) => {
        const tracked: Promise<void> = work.finally(() => working.delete(tracked));
        working.add(tracked);
      };
      // Those that were added before are in the list: what an ended run frees is among them.
      take = queued.length > 0 ? () => undefined : (runId) => track(deliver(runId));
      for (let index = 0; index < concurrency; index++) track(loop());
    },
    rest,
    async add(job) {
      const agent = agents[job % agentCount];
      const issueId = issueIds[job];
      if (!agent || !issueId) throw new Error(`There is no job ${job}`);
      await invokeHeartbeat(ctx, { id: agent.id, issueId });
    },
    stop: rest,
  };
}

function createCtx({ addresses }: Stack, companyId: string, own: Pick<Ports, "dispatch" | "invoke">): Ctx {
  const unused = () => Promise.reject(new Error("The benchmark's agents need no such thing"));
  const ports: Ports = {
    ...own,
    tokens: createTokens(addresses.jwtSecret),
    // Their webhooks are never sent, so nothing is opened to sign them.
    secrets: {
      seal: unused,
      open: async () => "",
      reseal: unused,
      masterKeyId: "",
      newDataKey: unused,
      sealWith: unused,
      openWith: unused,
      newWebhookSecret: () => "",
      newKey: unused,
    },
    receiptSigner: { sign: unused },
    decisions: { keepReceipt: unused, closeLater: unused, tellPeople: unused },
    notifier: {
      pushKey: null,
      checkPushEndpoint: () => null,
      sendMail: unused,
      push: unused,
      unsubscribeUrl: unused,
    },
    eventWebhooks: { checkUrl: () => null, send: unused, deliverSoon: unused, endpointsChanged: unused },
    auditSigner: { sign: unused, publicKey: unused },
    runSecrets: createRunSecretCache(),
    enqueue: unused,
    afterwards: (task) => void task(),
    testEdgeEnvironment: async () => [],
    checkConfig: (_, config) => ({ kind: "usable", config }),
    ownSkills: [],
    runnerHub: { tell: unused, online: unused, awaitTest: unused, testReported: unused, revoke: unused },
    runnerTrust: {
      newCode: unused,
      hashOfCode: unused,
      readAssertion: () => null,
      verifyAssertion: unused,
      mintRunnerToken: unused,
      signJob: unused,
      publicKey: unused,
    },
    objects: { put: unused, store: unused, open: unused, get: unused, delete: unused },
    removeObject: () => undefined,
    tellLogViewers: () => undefined,
    archiveLog: () => undefined,
    readTranscript: () => {
      throw new Error("The benchmark's agents write no log");
    },
    publicUrl: addresses.url,
    allowLocalTargets: true,
  };
  return {
    db: openDatabase(addresses.database).tenant(companyId, "bench"),
    actor: systemActor,
    idempotency: null,
    ports,
    requestId: "bench",
    committed: () => undefined,
  };
}

async function addIssues(ownerUrl: string, companyId: string, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `insert into issues (company_id, identifier, issue_number, title)
       select $1, 'JOB-' || n, n, 'Job ' || n from generate_series(1, $2::int) n returning id`,
      [companyId, count],
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
