import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addIssue, asSystem, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { addLocalAgent, addMachine } from "../../test/machines.ts";
import { deliverRun } from "../heartbeat/deliver-run.ts";
import { explainWaits } from "./explain-waits.ts";
import { judgeWait, type Machine, type Waiting } from "./judge-wait.ts";
import { updateRunner } from "./update-runner.ts";

const domain = useDomainDatabase();

const waiting: Waiting = {
  agentId: "a1",
  agentName: "Ada",
  adapterType: "claude_local",
  runCount: 3,
  oldestAt: "2026-01-01T00:00:00.000Z",
  runnerId: null,
  labels: [],
  workspaceRunnerId: null,
};
const laptop: Machine = {
  id: "m1",
  name: "Laptop A",
  status: "active",
  isOnline: false,
  offered: ["claude_local"],
  labels: ["mac"],
  agentIds: null,
  slots: 2,
  usedSlots: 0,
};
const desk: Machine = { ...laptop, id: "m2", name: "Desk B", labels: [] };
const sentence = (about: Partial<Waiting>, machines: Machine[]) => {
  const { reason, message, runnerIds } = judgeWait({ ...waiting, ...about }, machines);
  return [reason, message, runnerIds];
};

describe("why work waits is said in a sentence", () => {
  it.each([
    [{}, [], "no_runner", "3 tasks of Ada wait because the company has no runner: connect a machine.", []],
    [
      { labels: ["mac"] },
      [laptop, desk],
      "offline",
      "3 tasks of Ada wait because only Laptop A has the label mac, and it is offline.",
      ["m1"],
    ],
    [
      { labels: ["mac", "gpu"], runCount: 1 },
      [laptop, desk],
      "label",
      "1 task of Ada waits because no runner that could has the labels mac, gpu.",
      [],
    ],
    [
      { adapterType: "codex_local" },
      [laptop],
      "adapter",
      "3 tasks of Ada wait because no runner offers codex_local: its program was found on none.",
      [],
    ],
    [
      {},
      [{ ...laptop, agentIds: ["a2"] }],
      "agent",
      "3 tasks of Ada wait because no runner that could may run Ada.",
      [],
    ],
    [
      { workspaceRunnerId: "m2" },
      [laptop, { ...desk, isOnline: true, status: "draining" }],
      "draining",
      "3 tasks of Ada wait because only Desk B has the folder, and it takes nothing new.",
      ["m2"],
    ],
    [
      { workspaceRunnerId: "m9" },
      [laptop],
      "workspace",
      "3 tasks of Ada wait because the one runner that has the folder can't run it.",
      [],
    ],
    [
      {},
      [{ ...laptop, isOnline: true, usedSlots: 2 }, desk],
      "full",
      "3 tasks of Ada wait because Laptop A and Desk B are busy.",
      ["m1", "m2"],
    ],
    [{}, [laptop, desk], "offline", "3 tasks of Ada wait because Laptop A and Desk B are offline.", ["m1", "m2"]],
  ] as const)("%j", (about, machines, ...told) => {
    expect(sentence(about, [...machines])).toEqual(told);
  });
});

it("names each agent whose work waits, with how much and since when, and nobody else's", async () => {
  const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
  const ada = await addLocalAgent(domain, tenant, { runner: { labels: ["mac"] } });
  const machine = await addMachine(domain, tenant, { name: "Laptop A", labels: ["mac"] });
  expect(await explainWaits(tenant.board)).toEqual([]);
  for (const issueId of [await addIssue(domain, tenant, ada), await addIssue(domain, tenant, ada)])
    await deliverRun(asSystem(tenant), await wakeByBoard(tenant, ada, issueId));
  const [wait, ...more] = await explainWaits(tenant.board);
  expect(more).toEqual([]);
  expect(wait).toMatchObject({ agentId: ada.id, runCount: 2, reason: "offline", runnerIds: [machine.id] });
  expect(wait?.message).toBe(`2 tasks of ${ada.name} wait because Laptop A is offline.`);
  expect(await explainWaits(other.board)).toEqual([]);

  tenant.board.ports.runnerHub.present.push(machine.id);
  await updateRunner(tenant.board, { id: machine.id, status: "draining" });
  expect(await explainWaits(tenant.board)).toMatchObject([{ reason: "draining" }]);
});
