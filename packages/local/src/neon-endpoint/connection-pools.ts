import pg from "pg";
import { BadRequest } from "./sql-request.ts";

const LOCAL_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);
const POOL_SIZE = 32;

/** One pool per connection string, made when first asked for. */
export class ConnectionPools {
  private readonly pools = new Map<string, pg.Pool>();
  private readonly clients = new Set<pg.PoolClient>();

  get(connectionString: string): pg.Pool {
    let pool = this.pools.get(connectionString);
    if (!pool) {
      pool = new pg.Pool({ ...readConnectionString(connectionString), max: POOL_SIZE, idleTimeoutMillis: 30_000 });
      // An idle connection whose server goes away is dropped by the pool; one in use reports through its exchange.
      pool.on("error", () => undefined);
      pool.on("connect", (client) => {
        client.on("error", () => undefined);
        this.clients.add(client);
      });
      pool.on("remove", (client) => this.clients.delete(client));
      this.pools.set(connectionString, pool);
    }
    return pool;
  }

  /** Closes all connections. */
  async end(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    const ended = pools.map((pool) => pool.end());
    // What still waits, for a lock perhaps, is cut off.
    for (const client of this.clients) if (client instanceof pg.Client) client.end();
    await Promise.all(ended);
  }
}

/** TLS options of a hosted database's string are ignored: on loopback there is none. */
function readConnectionString(connectionString: string): pg.PoolConfig {
  if (!/^postgres(ql)?:\/\//.test(connectionString))
    throw new BadRequest("the connection string is not a postgres URL");
  const url = URL.parse(connectionString.replace(/^\w+:/, "http:"));
  if (!url) throw new BadRequest("the connection string is not a URL");
  if (!LOCAL_HOSTS.has(url.hostname))
    throw new BadRequest(`this endpoint serves local databases only, not ${url.hostname}`);
  return {
    host: url.hostname === "[::1]" ? "::1" : "127.0.0.1",
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    application_name: url.searchParams.get("application_name") ?? undefined,
    ssl: false,
  };
}
