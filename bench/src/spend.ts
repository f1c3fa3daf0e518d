import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@boardroom/db";
import { allowLogin, migrateDatabase } from "@boardroom/db/migrate";
import { type Ctx, reportCost, systemActor } from "@boardroom/domain";
import { startNeonEndpoint, startPostgres } from "@boardroom/local";
import pg from "pg";

type Print = (line: string) => void;
interface Spender {
  companyId: string;
  agentId: string;
}

const agentCount = 64;
const eventsPerAgent = 20;
const rounds = 3;

/**
 * How many costs a second 64 agents report against one company's budgets, and as many spread over companies with the same budgets:
 * each its company's only agent (what it costs to add up 64 agents), and each one of 64 there of whom the others rest (what it costs
 * that they spend at the same time: who waits for whom). In turns, so that a machine that drifts drifts under all.
 */
export async function measureSpend(print: Print): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "boardroom-spend-"));
  const postgres = await startPostgres({ dataDir: join(home, "pg") });
  const endpoint = await startNeonEndpoint();
  try {
    const ownerUrl = await postgres.createDatabase("spend");
    await migrateDatabase(ownerUrl);
    await allowLogin(ownerUrl, { app: "app-password", system: "system-password" });
    const owner = new pg.Client(ownerUrl);
    await owner.connect();
    const database = openDatabase({
      appUrl: postgres.url("spend", { user: "boardroom_app", password: "app-password" }),
      systemUrl: postgres.url("spend", { user: "boardroom_system", password: "system-password" }),
      fetchEndpoint: `${endpoint.url}/sql`,
    });
    const together = await addSpenders(owner, 1, agentCount);
    const spread = await addSpenders(owner, agentCount, 1);
    const among = await addSpenders(owner, agentCount, agentCount);
    const first = among.filter(({ companyId }, at) => among.findIndex((each) => each.companyId === companyId) === at);
    const run = (spenders: Spender[]) => spendAll(database, spenders, eventsPerAgent);
    // All have spent something, so that they are added up.
    await spendAll(database, among, 1);
    await run(together);
    await run(spread);
    await run(first);
    const rates = { together: [] as number[], spread: [] as number[], first: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      await owner.query("vacuum analyze");
      rates.together.push(await run(together));
      rates.spread.push(await run(spread));
      rates.first.push(await run(first));
    }
    const { rows } = await owner.query<{ same: boolean }>(
      `select (select sum(spent_cents) from budget_spend) = sum(cost_cents) and (select sum(spent_cents) from spend_days) = sum(cost_cents) as same
       from cost_events`,
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [one, many, resting] = [mean(rates.together), mean(rates.spread), mean(rates.first)];
    print(`Costs per second of ${agentCount} agents at full speed: ${one.toFixed(0)} in one company with one budget,`);
    print(
      `${resting.toFixed(0)} in ${agentCount} companies as large, one agent of each; ratio ${(one / resting).toFixed(2)};`,
    );
    print(
      `${many.toFixed(0)} in ${agentCount} companies of one agent; ratio ${(one / many).toFixed(2)}; totals equal: ${rows[0]?.same}`,
    );
    await owner.end();
  } finally {
    await endpoint.stop();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Agents in so many companies, each company with a monthly and a daily budget that nobody reaches. */
async function addSpenders(owner: pg.Client, companies: number, agents: number): Promise<Spender[]> {
  const { rows } = await owner.query<Spender>(
    `with company as (
       insert into companies (name, issue_prefix, budget_monthly_cents) select 'Bench', 'B' || $1::int || 'X' || $2::int || 'X' || n, 1e12
       from generate_series(1, $1::int) n returning id),
     daily as (
       insert into budget_policies (company_id, scope, budget_window, amount_cents) select id, 'company', 'day', 1e12 from company)
     insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
     select id, 'Agent ' || n, 'agent-' || n, 'engineer', 'http', '{"url":"http://127.0.0.1:1/"}', '{"heartbeat":{"enabled":false}}', '{}'
     from company cross join generate_series(1, $2::int) n returning company_id as "companyId", id as "agentId"`,
    [companies, agents],
  );
  return rows;
}

async function spendAll(
  database: ReturnType<typeof openDatabase>,
  spenders: Spender[],
  events: number,
): Promise<number> {
  const started = performance.now();
  await Promise.all(
    spenders.map(async ({ companyId, agentId }) => {
      const ctx = contextOf(database, companyId);
      for (let n = 0; n < events; n += 1) {
        await reportCost(ctx, {
          agentId,
          provider: "example",
          model: "example-1",
          inputTokens: 0,
          cachedInputTokens: 0,
          outputTokens: 0,
          costCents: 0.01,
        });
      }
    }),
  );
  return (spenders.length * events) / ((performance.now() - started) / 1000);
}

/** Reporting asks nothing of the outside but to look again later, which the benchmark does without. */
function contextOf(database: ReturnType<typeof openDatabase>, companyId: string): Pick<Ctx, keyof Ctx> {
  const unused = new Proxy({}, { get: () => () => undefined }) as Ctx["ports"];
  return {
    db: database.tenant(companyId, "bench"),
    actor: systemActor,
    idempotency: null,
    ports: unused,
    requestId: "bench",
    committed: () => undefined,
  };
}

if (import.meta.main) await measureSpend((line) => process.stdout.write(`${line}\n`));
