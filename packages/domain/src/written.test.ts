import { expect, it } from "vitest";
import { useDomainDatabase } from "../test/domain-database.ts";
import { draftOf } from "../test/drafts.ts";
import { hireAgent } from "./agents/index.ts";
import {
  addApprovalComment,
  createApproval,
  proposeHire,
  requestRevision,
  resubmitApproval,
} from "./approvals/index.ts";
import { createGoal, updateGoal } from "./goals/index.ts";
import { createLabel } from "./labels/index.ts";
import { createProject, updateProject } from "./projects/index.ts";

const db = useDomainDatabase();

it("lets a run write while its fence is current and refuses every write of one whose lease is gone", async () => {
  const tenant = await db.newTenant();
  const { board, companyId } = tenant;
  const ada = await hireAgent(board, draftOf("Ada"));
  const { rows } = await db.owner.query<{ id: string; fence: string }>(
    `with w as (insert into wakes (company_id, agent_id, source, reason, task_key, status) values ($1, $2, 'timer', 'timer', 'agent', 'claimed') returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, fence, lease_expires_at)
     select $1, $2, id, source, 'running', nextval('run_fence'), now() + interval '90 seconds' from w returning id, fence`,
    [companyId, ada.id],
  );
  const [run] = rows;
  const live = tenant.asRun(ada, { id: run?.id ?? "", fence: Number(run?.fence) });
  const stale = tenant.asRun(ada, { id: run?.id ?? "", fence: Number(run?.fence) - 1 });
  const goal = await createGoal(live, { title: "Goal" });
  const project = await createProject(live, { name: "Project" });
  const approval = await createApproval(live, { type: "request_board_approval", payload: {} });
  await requestRevision(board, { id: approval.id });
  let round = 0;
  const writes = (ctx: typeof live) => {
    round += 1;
    return [
      () => createGoal(ctx, { title: "Another" }),
      () => updateGoal(ctx, { id: goal.id, title: "Changed" }),
      () => createProject(ctx, { name: "Another" }),
      () => updateProject(ctx, { id: project.id, name: "Changed" }),
      () => createLabel(ctx, { name: `label ${round}`, color: "#000000" }),
      () => createApproval(ctx, { type: "request_board_approval", payload: {} }),
      () => addApprovalComment(ctx, { id: approval.id, body: "Hello" }),
      () => resubmitApproval(ctx, { id: approval.id }),
      () => proposeHire(ctx, draftOf(`Bob ${round}`)),
    ];
  };
  for (const write of writes(stale)) await expect(write()).rejects.toMatchObject({ code: "lease_lost" });
  for (const write of writes(live)) await write();
  await db.owner.query("update heartbeat_runs set status = 'lost' where id = $1", [run?.id]);
  for (const write of writes(live)) await expect(write()).rejects.toMatchObject({ code: "lease_lost" });
});
