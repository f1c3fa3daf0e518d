import type { LocalServices } from "@boardroom/local";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import type { CheckoutStatement } from "./capture-checkout.ts";

export interface BareWorker {
  url: string;
  stop(): Promise<void>;
}

/**
 * What there is at least between a client and PostgreSQL on this platform: Hono, the driver and the endpoint send the same
 * statement in the same tenant batch and answer its row; no authentication, no parsing, no error mapping.
 */
export async function startBareWorker(services: LocalServices, statement: CheckoutStatement): Promise<BareWorker> {
  const bundled = await build({
    stdin: { contents: source, resolveDir: new URL("../..", import.meta.url).pathname, loader: "js" },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    conditions: ["workerd", "worker", "browser"],
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
  });
  const script = bundled.outputFiles[0]?.text;
  if (!script) throw new Error("The bare Worker could not be built");
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    modules: [{ type: "ESModule", path: "bare.js", contents: script }],
    compatibilityDate: "2026-07-20",
    compatibilityFlags: ["nodejs_compat"],
    bindings: {
      DATABASE_URL: services.postgres.url("boardroom"),
      ENDPOINT: `${services.neon.url}/sql`,
      STATEMENT: JSON.stringify(statement),
    },
  });
  const url = await miniflare.ready;
  return { url: url.origin, stop: () => miniflare.dispose() };
}

const source = `
import { neon, neonConfig } from "@neondatabase/serverless";
import { Hono } from "hono";
let statement;
const app = new Hono();
app.post("/checkout", async (c) => {
  neonConfig.fetchEndpoint = () => c.env.ENDPOINT;
  statement ??= JSON.parse(c.env.STATEMENT);
  const job = await c.req.json();
  const sql = neon(c.env.DATABASE_URL, { fullResults: true });
  const params = statement.params.map((param) => ("field" in param ? job[param.field] : param.constant));
  const [, result] = await sql.transaction([
    sql.query("select set_config('app.company_id', $1, true)", [job.companyId]),
    sql.query(statement.text, params),
  ]);
  return c.json(result.rows[0]);
});
export default app;
`;
