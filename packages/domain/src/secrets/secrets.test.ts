import { secret as secretEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { addIssue, asSystem, codeOf, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { addLocalAgent, addMachine } from "../../test/machines.ts";
import { makeSecretPort } from "../../test/test-ports.ts";
import { hireAgent } from "../agents/hire-agent.ts";
import { updateAgent } from "../agents/update-agent.ts";
import { cancelRun } from "../heartbeat/cancel-run.ts";
import { completeRun } from "../heartbeat/complete-run.ts";
import { deliverRun } from "../heartbeat/deliver-run.ts";
import { getRun } from "../heartbeat/get-run.ts";
import { createProject } from "../projects/create-project.ts";
import { updateProject } from "../projects/update-project.ts";
import { appendRunLog } from "../run-logs/append-run-log.ts";
import { adoptSecret } from "./adopt-secret.ts";
import { createSecret } from "./create-secret.ts";
import { deleteSecret } from "./delete-secret.ts";
import { getSecret } from "./get-secret.ts";
import { listAccessEvents } from "./list-access-events.ts";
import { listSecretUsage } from "./list-secret-usage.ts";
import { listSecrets } from "./list-secrets.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { tendVault } from "./tend-vault.ts";
import { updateSecret } from "./update-secret.ts";
import { valuesOfCaller } from "./values-of-caller.ts";

const domain = useDomainDatabase();
const page = { limit: 50 };
const value = "correct-horse-battery";
const ref = (key: string) => `\${secret:${key}}`;
const stored = async (tenant: Tenant, key = "token", text = value) =>
  createSecret(tenant.board, { name: key, key, value: text });
const system = () => domain.database.system("test");
const versionsOf = async (id: string) =>
  (await domain.owner.query("select version, sealed from secret_versions where secret_id = $1 order by 1", [id])).rows;

describe("a stored secret", () => {
  it("is shown without its value, which lies in the database only sealed", async () => {
    const tenant = await domain.newTenant();
    const made = await createSecret(tenant.board, { name: "GitHub token", value });
    expect(made).toMatchObject({ key: "github-token", latestVersion: 1, keptVersions: 1, referenceCount: 0 });
    secretEntity.parse(made);
    expect(await getSecret(tenant.board, { id: made.id })).toEqual(made);
    expect((await listSecrets(tenant.board, page)).items).toEqual([made]);
    const { rows } = await domain.owner.query("select to_jsonb(v) as v from secret_versions v where secret_id = $1", [
      made.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(value);
  });

  it("has a key that no other secret of the company has, until it is deleted", async () => {
    const tenant = await domain.newTenant();
    const { id } = await stored(tenant);
    expect(await codeOf(stored(tenant))).toBe("already_exists");
    await deleteSecret(tenant.board, { id, force: false });
    expect(await codeOf(getSecret(tenant.board, { id }))).toBe("not_found");
    expect(await versionsOf(id)).toEqual([{ version: 1, sealed: null }]);
    await stored(tenant);
  });

  it("is nobody else's: another company neither sees, changes nor limits it to its own", async () => {
    const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
    const { id } = await stored(tenant);
    const theirs = await hireAgent(other.board, draftOf("Eve"));
    expect(await codeOf(getSecret(other.board, { id }))).toBe("not_found");
    expect(await codeOf(rotateSecret(other.board, { id, value, keepDays: 0 }))).toBe("not_found");
    expect(await codeOf(deleteSecret(other.board, { id, force: true }))).toBe("not_found");
    expect((await listAccessEvents(other.board, { id, ...page })).items).toEqual([]);
    expect(await codeOf(updateSecret(tenant.board, { id, agentIds: [theirs.id] }))).toBe("invalid_reference");
  });

  it("opens only at its own place: a sealed value moved to another secret or version is no value", async () => {
    const tenant = await domain.newTenant();
    const [one, two] = [await stored(tenant, "one"), await stored(tenant, "two", "another-long-value")];
    await domain.owner.query(
      "update secret_versions set sealed = (select sealed from secret_versions where secret_id = $1) where secret_id = $2",
      [one.id, two.id],
    );
    const ada = await hireAgent(tenant.board, draftOf("Ada"));
    await updateAgent(tenant.board, { id: ada.id, adapterConfig: withHeader("two") });
    await expect(deliverRun(asSystem(tenant), await wakeByBoard(tenant, ada))).rejects.toThrow();
    expect(tenant.ports.invocations).toEqual([]);
  });
});

const url = "https://agents.example.com/hook";
const withHeader = (key: string) => ({ url, headers: { "X-Token": `Token ${ref(key)}` } });
async function adaWithHeader(key = "token") {
  const tenant = await domain.newTenant();
  const secret = await stored(tenant, key);
  const ada = await hireAgent(tenant.board, draftOf("Ada", { adapterConfig: withHeader(key) }));
  return { tenant, secret, ada };
}

describe("a reference", () => {
  it("is refused to a secret that isn't there, outside of what reaches the agent alone, and from an agent", async () => {
    const tenant = await domain.newTenant();
    const ada = await hireAgent(tenant.board, draftOf("Ada"));
    const update = (config: Record<string, unknown>) =>
      codeOf(updateAgent(tenant.board, { id: ada.id, adapterConfig: config }));
    expect(await update(withHeader("nowhere"))).toBe("unusable_reference");
    await stored(tenant);
    expect(await update({ url: `${url}?key=${ref("token")}` })).toBe("invalid_request");
    expect(await update(withHeader("token"))).toBe("none");
    const asAda = tenant.asAgent(ada);
    expect(await codeOf(hireAgent(asAda, draftOf("Bob", { adapterConfig: withHeader("token") })))).toBe("forbidden");
    const { id } = await createProject(tenant.board, { name: "P", env: { TOKEN: ref("token") } });
    expect(await codeOf(updateProject(asAda, { id, env: {} }))).toBe("forbidden");
    expect(await codeOf(updateProject(tenant.board, { id, env: { A: ref("nowhere") } }))).toBe("unusable_reference");
  });

  it("is counted, told with its place, and keeps its secret from being deleted unless that is forced", async () => {
    const { tenant, secret, ada } = await adaWithHeader();
    await createProject(tenant.board, { name: "P", env: { A: "plain", TOKEN: ref("token") } });
    expect((await getSecret(tenant.board, { id: secret.id })).referenceCount).toBe(2);
    expect(await listSecretUsage(tenant.board, { id: secret.id })).toMatchObject([
      { entityType: "agent", entityId: ada.id, places: ["adapterConfig.headers.X-Token"] },
      { entityType: "project", name: "P", places: ["env.TOKEN"] },
    ]);
    expect(await codeOf(deleteSecret(tenant.board, { id: secret.id, force: false }))).toBe("conflict");
    expect(await codeOf(deleteSecret(tenant.board, { id: secret.id, force: true }))).toBe("none");
  });

  it("is resolved for the call alone, and each time is written down", async () => {
    const { tenant, secret, ada } = await adaWithHeader();
    const runId = await wakeByBoard(tenant, ada);
    expect(await deliverRun(asSystem(tenant), runId)).toBe("claimed");
    expect(tenant.ports.invocations[0]?.config).toMatchObject({ headers: { "X-Token": `Token ${value}` } });
    const { rows } = await domain.owner.query("select adapter_config::text as config from agents where id = $1", [
      ada.id,
    ]);
    expect(rows[0]?.config).toContain(ref("token"));
    const events = async () => (await listAccessEvents(tenant.board, { id: secret.id, ...page })).items;
    expect(await events()).toMatchObject([
      { runId, agentId: ada.id, agentName: "Ada", secretVersion: 1, purpose: "run" },
    ]);
    await cancelRun(tenant.board, { id: runId });
    await tenant.ports.settled();
    expect(tenant.ports.invocations.at(-1)?.config).toMatchObject({ headers: { "X-Token": `Token ${value}` } });
    expect((await events()).map(({ purpose }) => purpose)).toEqual(["cancel", "run"]);
    expect((await getSecret(tenant.board, { id: secret.id })).lastResolvedAt).not.toBeNull();
  });

  it("costs a run without one no further request", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [await hireAgent(tenant.board, draftOf("Ada")), await hireAgent(tenant.board, draftOf("Bob"))];
    await stored(tenant);
    await updateAgent(tenant.board, { id: bob.id, adapterConfig: withHeader("token") });
    const [plain, secret] = [await wakeByBoard(tenant, ada), await wakeByBoard(tenant, bob)];
    const count = (runId: string) => domain.countRequests(() => deliverRun(asSystem(tenant), runId));
    expect(await count(secret)).toBe(await count(plain));
  });

  it.each([
    ["missing", "There is no secret"],
    ["disabled", "is disabled"],
    ["other_agent", "is not for this agent"],
    ["other_project", "not given out in this project"],
  ])("that can't be resolved (%s) fails the run before anybody is called", async (why, sentence) => {
    const { tenant, secret, ada } = await adaWithHeader();
    const { id } = secret;
    const bob = await hireAgent(tenant.board, draftOf("Bob"));
    const project = await createProject(tenant.board, { name: "P" });
    if (why === "missing") await deleteSecret(tenant.board, { id, force: true });
    if (why === "disabled") await updateSecret(tenant.board, { id, status: "disabled" });
    if (why === "other_agent") await updateSecret(tenant.board, { id, agentIds: [bob.id] });
    if (why === "other_project") await updateSecret(tenant.board, { id, projectIds: [project.id] });
    const runId = await wakeByBoard(tenant, ada);
    await deliverRun(asSystem(tenant), runId);
    expect(tenant.ports.invocations).toEqual([]);
    const run = await getRun(tenant.board, { id: runId });
    expect(run).toMatchObject({ status: "failed", errorCode: "secret_unavailable" });
    expect(run.error).toContain(sentence);
    const given = await domain.owner.query("select 1 from secret_access_events where run_id = $1", [runId]);
    expect(given.rowCount).toBe(0);
  });
});

describe("a job for a machine", () => {
  it("has secrets only in its environment, with the project's and beside plain settings", async () => {
    const tenant = await domain.newTenant();
    const ada = await addLocalAgent(domain, tenant);
    const machine = await addMachine(domain, tenant);
    await stored(tenant);
    await stored(tenant, "deploy", "deploy-key-of-the-project");
    await updateAgent(tenant.board, {
      id: ada.id,
      adapterConfig: { command: "true", env: { LANG: "C", TOKEN: ref("token") } },
    });
    const project = await createProject(tenant.board, {
      name: "P",
      env: { DEPLOY: `Bearer ${ref("deploy")}`, TOKEN: "overridden", STAGE: "test" },
    });
    const issueId = await addIssue(domain, tenant, ada);
    await domain.owner.query("update issues set project_id = $1 where id = $2", [project.id, issueId]);
    await wakeByBoard(tenant, ada, issueId);
    const job = await machine.claimRun();
    expect(job.secrets).toEqual({ TOKEN: value, DEPLOY: "Bearer deploy-key-of-the-project", STAGE: "test" });
    expect(job.adapter.config).toMatchObject({ env: { LANG: "C" } });
    expect(JSON.stringify({ ...job, secrets: {} })).not.toContain(value);
  });

  it("is not made without a secret that it needs", async () => {
    const tenant = await domain.newTenant();
    const ada = await addLocalAgent(domain, tenant);
    const machine = await addMachine(domain, tenant);
    const { id } = await stored(tenant);
    await updateAgent(tenant.board, { id: ada.id, adapterConfig: { command: "true", env: { TOKEN: ref("token") } } });
    await updateSecret(tenant.board, { id, status: "disabled" });
    const runId = await wakeByBoard(tenant, ada);
    expect(await machine.claim()).toBeNull();
    expect(await getRun(tenant.board, { id: runId })).toMatchObject({
      status: "failed",
      errorCode: "secret_unavailable",
    });
  });
});

describe("what a run says", () => {
  it("is masked: its log across chunks, in every encoding, and its result", async () => {
    const { tenant, ada } = await adaWithHeader();
    const runId = await wakeByBoard(tenant, ada);
    tenant.ports.answer = () => ({
      kind: "finished",
      httpStatus: 200,
      result: { status: "failed", error: `No: ${value}` },
    });
    await deliverRun(asSystem(tenant), runId);
    expect((await getRun(tenant.board, { id: runId })).error).toBe(`No: ${"*".repeat(value.length)}`);
    tenant.ports.answer = () => ({ kind: "accepted", httpStatus: 202 });
    const second = await wakeByBoard(tenant, ada);
    await deliverRun(asSystem(tenant), second);
    const { fence } = await getRun(tenant.board, { id: second });
    const asRun = tenant.asRun(ada, { id: second, fence: fence ?? 0 });
    asRun.hidden = await valuesOfCaller(asRun);
    expect(asRun.hidden).toEqual([value]);
    const base64 = Buffer.from(`user:${value}!`).toString("base64");
    const text = `a ${value} b ${base64} c ${Buffer.from(value).toString("hex")} d ${encodeURIComponent(value)}\n`;
    const parts = [text.slice(0, 9), text.slice(9, 40), text.slice(40)];
    let offset = 0;
    for (const [seq, content] of parts.entries()) {
      await appendRunLog(asRun, { id: second, seq, offset, content });
      offset += content.length;
    }
    const { rows } = await domain.owner.query("select content from run_log_chunks where run_id = $1 order by seq", [
      second,
    ]);
    const log = rows.map(({ content }) => content).join("");
    expect(log).toHaveLength(text.length);
    for (const form of [value, "correct", base64.slice(8, 30), Buffer.from(value).toString("hex")])
      expect(log).not.toContain(form);
    await completeRun(asRun, { id: second, status: "succeeded" });
  });
});

describe("a rotation", () => {
  it("gives the next runs the new value, and destroys the old one only once no run has it", async () => {
    const { tenant, secret, ada } = await adaWithHeader();
    const { id } = secret;
    const first = await wakeByBoard(tenant, ada);
    await deliverRun(asSystem(tenant), first);
    const rotated = await rotateSecret(tenant.board, { id, value: "the-next-long-value", keepDays: 0 });
    expect(rotated).toMatchObject({ latestVersion: 2, keptVersions: 2 });
    await tendVault(system(), tenant.ports.secrets);
    expect((await versionsOf(id))[0]?.sealed).not.toBeNull();
    await cancelRun(tenant.board, { id: first });
    await tenant.ports.settled();
    await domain.owner.query(
      "update heartbeat_runs set status = 'cancelled', finished_at = now(), lease_expires_at = null where id = $1",
      [first],
    );
    expect(await tendVault(system(), tenant.ports.secrets)).toMatchObject({ destroyed: 1 });
    expect((await versionsOf(id))[0]?.sealed).toBeNull();
    const next = await wakeByBoard(tenant, ada);
    await deliverRun(asSystem(tenant), next);
    expect(tenant.ports.invocations.at(-1)?.config).toMatchObject({
      headers: { "X-Token": "Token the-next-long-value" },
    });
  });

  it("keeps the old value for the days that were asked for", async () => {
    const tenant = await domain.newTenant();
    const { id } = await stored(tenant);
    expect(await rotateSecret(tenant.board, { id, value: "the-next-long-value", keepDays: 7 })).toMatchObject({
      keptVersions: 2,
    });
    expect(await tendVault(system(), tenant.ports.secrets)).toMatchObject({ destroyed: 0 });
    await domain.owner.query("update secret_versions set destroy_at = now() where secret_id = $1 and version = 1", [
      id,
    ]);
    expect(await tendVault(system(), tenant.ports.secrets)).toMatchObject({ destroyed: 1 });
  });

  it("of two at once happens once", async () => {
    const tenant = await domain.newTenant();
    const { id } = await stored(tenant);
    const rotate = (text: string) => codeOf(rotateSecret(tenant.board, { id, value: text, keepDays: 1 }));
    const codes = await Promise.all([rotate("value-number-one"), rotate("value-number-two")]);
    expect((await getSecret(tenant.board, { id })).latestVersion).toBe(
      1 + codes.filter((code) => code === "none").length,
    );
    expect(codes.filter((code) => code !== "none" && code !== "stale_state" && code !== "already_exists")).toEqual([]);
  });

  it("of the master key seals everything anew, so that the old key can go", async () => {
    const { tenant, ada } = await adaWithHeader();
    const next = makeSecretPort("k2");
    expect((await tendVault(system(), next)).resealed).toBeGreaterThan(1);
    expect(await tendVault(system(), next)).toMatchObject({ resealed: 0 });
    const left = await domain.owner.query(
      "select 1 from company_data_keys where wrapped like 'v1.k1.%' union all select 1 from agent_webhook_secrets where sealed like 'v1.k1.%'",
    );
    expect(left.rowCount).toBe(0);
    Object.assign(tenant.ports, { secrets: next });
    await deliverRun(asSystem(tenant), await wakeByBoard(tenant, ada));
    expect(tenant.ports.invocations[0]?.config).toMatchObject({ headers: { "X-Token": `Token ${value}` } });
  });
});

it("is made of a value that stood plainly in an agent's settings, for that agent alone", async () => {
  const tenant = await domain.newTenant();
  const ada = await addLocalAgent(domain, tenant);
  await addMachine(domain, tenant);
  await updateAgent(tenant.board, {
    id: ada.id,
    adapterConfig: { command: "true", env: { API_TOKEN: value, LANG: "C" } },
  });
  const adopted = await adoptSecret(tenant.board, { id: ada.id, section: "env", field: "API_TOKEN" });
  expect(adopted.adapterConfig).toMatchObject({ env: { API_TOKEN: ref("API_TOKEN"), LANG: "C" } });
  expect((await listSecrets(tenant.board, page)).items).toMatchObject([{ key: "API_TOKEN", agentIds: [ada.id] }]);
  const { rows } = await domain.owner.query(
    "select to_jsonb(r)::text as kept from agent_config_revisions r where agent_id = $1",
    [ada.id],
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(value);
  const again = adoptSecret(tenant.board, { id: ada.id, section: "env", field: "API_TOKEN" });
  expect(await codeOf(again)).toBe("unusable_reference");
});
