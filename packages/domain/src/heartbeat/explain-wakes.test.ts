import { runAncestor, wakeListItem } from "@boardroom/contract";
import { expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { addComment, createIssue } from "../issues/index.ts";
import { explainWakes } from "./explain-wakes.ts";
import { invokeHeartbeat } from "./invoke-heartbeat.ts";
import { readLineage } from "./read-lineage.ts";
import { requestWakeup } from "./request-wakeup.ts";

const domain = useDomainDatabase();

async function twoAgents() {
  const tenant = await domain.newTenant();
  const ada = await hireAgent(tenant.board, draftOf("Ada"));
  const ben = await hireAgent(tenant.board, draftOf("Ben"));
  return { tenant, ada, ben };
}

/** A run of Ada's, made to run, in which she wakes Ben. */
async function adaWakesBen({ tenant, ada, ben }: Awaited<ReturnType<typeof twoAgents>>) {
  const first = await invokeHeartbeat(tenant.board, { id: ada.id });
  const runId = String(first.run?.id);
  await domain.owner.query(
    `update heartbeat_runs set status = 'running', fence = nextval('run_fence'), started_at = now() - interval '130 seconds',
      lease_expires_at = now() + interval '90 seconds', cost_cents = 12.5 where id = $1`,
    [runId],
  );
  const inRun = tenant.asAgent(ada);
  const woken = await requestWakeup(
    { ...inRun, actor: { ...inRun.actor, runId } },
    { id: ben.id, source: "automation", reason: "plan_ready", payload: { commentId: "no id at all" } },
  );
  return { runId, benRunId: String(woken.run?.id) };
}

const wakesOf = async (tenant: Tenant, id: string) =>
  wakeListItem.array().parse((await explainWakes(tenant.board, { id, limit: 10 })).items);

it("names the agent whose run caused a wake, and what became of the wake", async () => {
  const agents = await twoAgents();
  const { runId } = await adaWakesBen(agents);
  const [ofBen] = await wakesOf(agents.tenant, agents.ben.id);
  expect(ofBen).toMatchObject({
    causedBy: "Ada",
    parentRunId: runId,
    issueIdentifier: null,
    run: { status: "queued" },
  });
  const [ofAda] = await wakesOf(agents.tenant, agents.ada.id);
  expect(ofAda).toMatchObject({ causedBy: null, run: { status: "running", costCents: 12.5, finishedAt: null } });
});

it("names who wrote the comment that a wake is about, and its issue", async () => {
  const { tenant, ada } = await twoAgents();
  const issue = await createIssue(tenant.board, { title: "Compare paper suppliers" });
  const comment = await addComment(tenant.board, { id: issue.id, body: "Start with the two in Lyon." });
  await invokeHeartbeat(tenant.board, { id: ada.id, issueId: issue.id });
  await domain.owner.query(
    "update wakes set reason = 'issue_commented', payload = jsonb_build_object('commentId', $1::text) where agent_id = $2",
    [comment.id, ada.id],
  );
  const [wake] = await wakesOf(tenant, ada.id);
  expect(wake).toMatchObject({
    causedBy: comment.authorName,
    issueIdentifier: issue.identifier,
    issueTitle: issue.title,
  });
});

it("tells the runs that led to a run, the first cause first, retries among them", async () => {
  const agents = await twoAgents();
  const { runId, benRunId } = await adaWakesBen(agents);
  const { tenant } = agents;
  const { rows } = await domain.owner.query<{ id: string }>(
    `with lost as (update heartbeat_runs set status = 'lost', finished_at = now() where id = $1 returning *),
      again as (insert into wakes (company_id, agent_id, source, reason, task_key, status)
        select company_id, agent_id, 'automation', 'run_lost', 'agent', 'claimed' from lost returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, retry_of_run_id, retry_number)
     select company_id, agent_id, id, 'automation', $1, 1 from again returning id`,
    [benRunId],
  );
  const line = runAncestor.array().parse(await readLineage(tenant.board, { id: String(rows[0]?.id) }));
  expect(line.map(({ runId: id, agentName, ledTo, reason }) => [id, agentName, ledTo, reason])).toEqual([
    [runId, "Ada", "caused", "run_now"],
    [benRunId, "Ben", "retried", "plan_ready"],
    [rows[0]?.id, "Ben", null, "run_lost"],
  ]);
});

it("hides another company's run and agent", async () => {
  const agents = await twoAgents();
  const { runId } = await adaWakesBen(agents);
  const stranger = await domain.newTenant();
  await expect(readLineage(stranger.board, { id: runId })).rejects.toMatchObject({ code: "not_found" });
  await expect(explainWakes(stranger.board, { id: agents.ada.id, limit: 10 })).rejects.toMatchObject({
    code: "not_found",
  });
});
