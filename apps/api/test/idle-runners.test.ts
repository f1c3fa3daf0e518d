import { useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { gatherIdleRunners } from "./support/idle-runners.ts";
import { assign, hireLocal } from "./support/machines.ts";

const boardroom = useOwnBoardroom();
/** The benchmark does the same for ten minutes. */
const idleMs = 5000;

it("a hundred idle machines cause no request to the database, and still hear of work", async () => {
  const company = await boardroom.newCompany();
  const agent = await hireLocal(company);
  const crowd = await gatherIdleRunners(boardroom, company, { sockets: 80, polls: 20 });
  const requests = await boardroom.countRequests(() => crowd.idle(idleMs));
  expect(requests).toEqual({});
  await assign(company, agent.id);
  await expect.poll(() => crowd.heard()).toBe(100);
  await crowd.stop();
});

it("machines find a Worker that was restarted, and what was assigned meanwhile", async () => {
  const company = await boardroom.newCompany();
  const agent = await hireLocal(company);
  const crowd = await gatherIdleRunners(boardroom, company, { sockets: 3, polls: 0 });
  await boardroom.restartWorker();
  expect(await Promise.all(crowd.closed)).toHaveLength(3);
  await assign(company, agent.id);
  const again = await gatherIdleRunners(boardroom, company, { sockets: 1, polls: 0 });
  const { job } = await again.claim();
  expect(job).not.toBeNull();
  await again.stop();
});

it("a hub that is thrown out of memory still knows its sleeping sockets", async () => {
  const company = await boardroom.newCompany();
  const agent = await hireLocal(company);
  const crowd = await gatherIdleRunners(boardroom, company, { sockets: 3, polls: 0 });
  await crowd.idle(1000);
  await boardroom.evictHub(company.cid, "hibernate", "RunnerHub");
  await assign(company, agent.id);
  await expect.poll(() => crowd.heard()).toBe(3);
  await crowd.stop();
});
