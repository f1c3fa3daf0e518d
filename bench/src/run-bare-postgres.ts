import pg from "pg";
import type { CheckoutStatement } from "./capture-checkout.ts";
import type { CheckoutJob } from "./prepare-checkouts.ts";

/** The same statement, prepared, in a tenant transaction over as many connections as there are clients. @returns per second */
export async function runBarePostgres(
  url: string,
  statement: CheckoutStatement,
  jobs: CheckoutJob[],
  clients: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()));
  let next = 0;
  const started = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let job = jobs[next++]; job; job = jobs[next++]) await checkOut(connection, statement, job);
    }),
  );
  const perSecond = (jobs.length / (performance.now() - started)) * 1000;
  for (const connection of connections) connection.release();
  await pool.end();
  return perSecond;
}

async function checkOut(
  connection: pg.PoolClient,
  { text, params }: CheckoutStatement,
  job: CheckoutJob,
): Promise<void> {
  const values = params.map((param) => ("field" in param ? job[param.field] : param.constant));
  const [, , result] = await Promise.all([
    connection.query("begin"),
    connection.query({
      name: "tenant",
      text: "select set_config('app.company_id', $1, true)",
      values: [job.companyId],
    }),
    connection.query({ name: "checkout", text, values }),
    connection.query("commit"),
  ]);
  if (result.rowCount !== 1) throw new Error("The checkout answered no row");
}
