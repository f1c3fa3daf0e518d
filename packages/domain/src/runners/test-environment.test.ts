import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { codeOf } from "../../test/heartbeat-steps.ts";
import { addLocalAgent, addMachine } from "../../test/machines.ts";
import { reportTest } from "./report-test.ts";
import { testEnvironment } from "./test-environment.ts";

const domain = useDomainDatabase();
const type = "claude_local";
const check = { level: "warn", code: "old_version", message: "Old." } as const;

it("asks a machine that is there, and answers what it reports; the first report counts", async () => {
  const tenant = await domain.newTenant();
  const machine = await addMachine(domain, tenant, { name: "Laptop A" });
  const agent = await addLocalAgent(domain, tenant);
  tenant.board.ports.runnerHub.present.push(machine.id);
  const report = testEnvironment(tenant.board, { type, agentId: agent.id });
  await expect.poll(() => tenant.board.ports.runnerHub.told.length).toBeGreaterThan(0);
  const claims = await machine.claim();
  if (claims?.job.kind !== "environment_test") throw new Error("There is no test to take.");
  const { testId, adapter } = claims.job;
  expect(adapter).toEqual({ type, config: { command: "claude" } });
  expect(await machine.claim()).toBeNull();
  await reportTest(machine.ctx, { id: testId, checks: [check] });
  await reportTest(machine.ctx, { id: testId, checks: [] });
  expect(await report).toMatchObject({
    adapterType: type,
    status: "warn",
    checks: [check],
    runnerId: machine.id,
    runnerName: "Laptop A",
  });
});

it("answers what a machine reported before anybody waited for it", async () => {
  const tenant = await domain.newTenant();
  const machine = await addMachine(domain, tenant);
  const { runnerHub } = tenant.board.ports;
  runnerHub.present.push(machine.id);
  runnerHub.awaitTest = async (_, { testId }) => {
    await machine.claim();
    await reportTest(machine.ctx, { id: testId, checks: [check] });
    return null;
  };
  expect(await testEnvironment(tenant.board, { type, adapterConfig: {} })).toMatchObject({ status: "warn" });
});

it("says that nobody is there who could look, or nobody who has the program", async () => {
  const tenant = await domain.newTenant();
  const adapterConfig = { command: "claude" };
  await addMachine(domain, tenant, { name: "Laptop A", adapters: ["codex_local"] });
  expect((await testEnvironment(tenant.board, { type, adapterConfig })).checks).toMatchObject([
    { level: "error", code: "runner_offline", message: expect.stringContaining("offers claude_local") },
  ]);
  await addMachine(domain, tenant, { name: "Laptop B" });
  const report = await testEnvironment(tenant.board, { type, adapterConfig });
  expect(report).toMatchObject({ status: "fail", checks: [{ code: "runner_offline" }] });
  expect(report.checks[0]?.message).toBe("Laptop B offers claude_local, but is offline.");
});

it("looks at the address of a kind that we call ourselves, without any machine", async () => {
  const tenant = await domain.newTenant();
  const look = async (url: string) => {
    const { status, checks } = await testEnvironment(tenant.board, { type: "http", adapterConfig: { url } });
    return [status, ...checks.map(({ code }) => code)];
  };
  expect(await look("https://agents.example.com/hook")).toEqual(["pass", "config_valid"]);
  expect(await look("http://127.0.0.1/")).toEqual(["fail", "unsafe_url"]);
  expect(await look("https://gone.example.com/hook")).toEqual(["fail", "config_valid", "unreachable"]);
});

it("is refused for kinds that nobody knows, others' agents and machines, and without a configuration", async () => {
  const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
  const [agent, machine] = [await addLocalAgent(domain, other), await addMachine(domain, other)];
  const adapterConfig = {};
  const refused = (input: Parameters<typeof testEnvironment>[1]) => codeOf(testEnvironment(tenant.board, input));
  expect(await refused({ type: "nobody_knows", adapterConfig })).toBe("not_found");
  expect(await refused({ type, adapterConfig, agentId: agent.id })).toBe("invalid_reference");
  expect(await refused({ type, adapterConfig, runnerId: machine.id })).toBe("invalid_reference");
  expect(await refused({ type })).toBe("invalid_request");
  const stranger = await addMachine(domain, tenant);
  expect(await codeOf(reportTest(stranger.ctx, { id: machine.id, checks: [] }))).toBe("not_found");
});
