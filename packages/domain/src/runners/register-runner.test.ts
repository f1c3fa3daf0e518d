import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { codeOf } from "../../test/heartbeat-steps.ts";
import { addLocalAgent, addMachine, asDevice, machineSelf } from "../../test/machines.ts";
import { createRunnerCode } from "./create-runner-code.ts";
import { getRunner } from "./get-runner.ts";
import { issueRunnerToken } from "./issue-runner-token.ts";
import { reconcileRunner } from "./reconcile-runner.ts";
import { registerRunner } from "./register-runner.ts";
import { revokeRunner } from "./revoke-runner.ts";
import { updateRunner } from "./update-runner.ts";

const domain = useDomainDatabase();
const publicKey = "k".repeat(43);

describe("a code", () => {
  it("makes one runner, however many devices hurry with it", async () => {
    const tenant = await domain.newTenant();
    const { code } = await createRunnerCode(tenant.board, { name: "Laptop A", labels: ["mac"] });
    const device = asDevice(domain, tenant);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        codeOf(registerRunner(device, { code: code ?? "", publicKey, ...machineSelf() })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "none")).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(["none", "not_found"]));
    const { rows } = await domain.owner.query("select name, labels from runners where company_id = $1", [
      tenant.companyId,
    ]);
    expect(rows).toEqual([{ name: "Laptop A", labels: ["mac"] }]);
    const { rows: told } = await domain.owner.query(
      "select count(*)::int as n from activity_log where company_id = $1 and action = 'runner.registered'",
      [tenant.companyId],
    );
    expect(told[0].n).toBe(1);
  });

  it("is worth nothing after its hour, and in an archived company", async () => {
    const tenant = await domain.newTenant();
    const register = (code: string | null) =>
      codeOf(registerRunner(asDevice(domain, tenant), { code: code ?? "", publicKey, ...machineSelf() }));
    const [late, archived] = [await createRunnerCode(tenant.board, {}), await createRunnerCode(tenant.board, {})];
    await domain.owner.query("update runner_codes set expires_at = now() where id = $1", [late.id]);
    expect(await register(late.code)).toBe("not_found");
    await domain.owner.query("update companies set status = 'archived' where id = $1", [tenant.companyId]);
    expect(await register(archived.code)).toBe("not_found");
  });

  it("can't be for another company's agents", async () => {
    const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
    const stranger = await addLocalAgent(domain, other);
    expect(await codeOf(createRunnerCode(tenant.board, { agentIds: [stranger.id] }))).toBe("invalid_reference");
  });
});

describe("a token", () => {
  it("is given for the device's key, and no longer once the runner was revoked", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant, { name: "Laptop A" });
    const device = asDevice(domain, tenant);
    const assertion = (key: string) => JSON.stringify({ companyId: tenant.companyId, runnerId: machine.id, key });
    const { runner } = await issueRunnerToken(device, { assertion: assertion("x".repeat(43)) });
    expect(runner).toMatchObject({ id: machine.id, name: "Laptop A", usedSlots: 0, isOnline: false });
    expect(runner).not.toHaveProperty("publicKey");
    expect(await codeOf(issueRunnerToken(device, { assertion: assertion("another") }))).toBe("unauthenticated");
    await revokeRunner(tenant.board, { id: machine.id });
    expect(await codeOf(issueRunnerToken(device, { assertion: assertion("x".repeat(43)) }))).toBe("forbidden");
    expect(await codeOf(issueRunnerToken(device, { assertion: assertion("another") }))).toBe("unauthenticated");
  });
});

describe("what the board says of a machine", () => {
  it("stays until the machine says something else of itself", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant, { slots: 4 });
    const say = (slots: number, draining: boolean) =>
      reconcileRunner(machine.ctx, { ...machineSelf({ slots }), draining, runs: [], interrupted: [] });
    const shown = async () => {
      const { slots, status } = await getRunner(tenant.board, { id: machine.id });
      return { slots, status };
    };
    await updateRunner(tenant.board, { id: machine.id, slots: 2, status: "draining" });
    await say(4, false);
    expect(await shown()).toEqual({ slots: 2, status: "draining" });
    await say(3, true);
    expect(await shown()).toEqual({ slots: 3, status: "draining" });
    await say(3, false);
    expect(await shown()).toEqual({ slots: 3, status: "active" });
    await updateRunner(tenant.board, { id: machine.id, slots: 60 });
    expect(await shown()).toEqual({ slots: 3, status: "active" });
  });

  it("is changed in its own company alone, for its own agents, and not after it was revoked", async () => {
    const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
    const machine = await addMachine(domain, tenant);
    const stranger = await addLocalAgent(domain, other);
    expect(await codeOf(updateRunner(other.board, { id: machine.id, name: "Mine" }))).toBe("not_found");
    expect(await codeOf(revokeRunner(other.board, { id: machine.id }))).toBe("not_found");
    expect(await codeOf(updateRunner(tenant.board, { id: machine.id, agentIds: [stranger.id] }))).toBe(
      "invalid_reference",
    );
    await updateRunner(tenant.board, { id: machine.id, labels: ["gpu"], agentIds: null });
    await tenant.board.ports.settled();
    expect(tenant.board.ports.runnerHub.told.at(-1)).toEqual({ runnerIds: [machine.id], hint: { type: "work" } });
    await revokeRunner(tenant.board, { id: machine.id });
    expect(await codeOf(updateRunner(tenant.board, { id: machine.id, name: "Again" }))).toBe("invalid_transition");
    expect(await codeOf(revokeRunner(tenant.board, { id: machine.id }))).toBe("invalid_transition");
  });
});
