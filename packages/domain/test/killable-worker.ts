import type { Connection, TenantConnection } from "@boardroom/db";
import type { TestCtx } from "./domain-database.ts";

/** Where a Worker dies: at its n-th await, before what it awaits happens or just after. */
export interface Death {
  at: number;
  isAfter: boolean;
}
/** What a caller sees of a Worker that died: nothing. */
export class WorkerKilled extends Error {}

export interface KillableWorker {
  ctx: TestCtx;
  /** Another connection of the same Worker. */
  connect(connection: Connection): Connection;
  /** Requests and calls to the outside that it began. */
  awaits(): number;
}

/** A context whose Worker dies where it is told. From then on nothing goes out of it, neither to the database nor to agents or queue. */
export function killableWorker(ctx: TestCtx, death: Death | null): KillableWorker {
  let begun = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new WorkerKilled("The Worker was killed");
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) die();
    begun += 1;
    const isLast = begun === death?.at;
    if (isLast && !death?.isAfter) die();
    const result = await work();
    if (isLast || isDead) die();
    return result;
  };
  const { db, ports } = ctx;
  const connect = (to: Connection): Connection => ({
    get build() {
      return to.build;
    },
    read: (query) => step(() => to.read(query)),
    readAll: (queries) => step(() => to.readAll(queries)),
    rows: (table, statement, surrounding) => step(() => to.rows(table, statement, surrounding)),
    raw: (statement, surrounding) => step(() => to.raw(statement, surrounding)),
  });
  const connection: TenantConnection = Object.assign(connect(db), {
    companyId: db.companyId,
    tagged: () => connection,
  });
  const unlessKilled = (error: unknown) => {
    if (!(error instanceof WorkerKilled)) throw error;
  };
  return {
    awaits: () => begun,
    connect,
    ctx: {
      ...ctx,
      db: connection,
      ports: {
        ...ports,
        tokens: { mintRunToken: (claims) => step(() => ports.tokens.mintRunToken(claims)) },
        invoke: (invocation) => step(() => ports.invoke(invocation)),
        enqueue: (runs) => step(() => ports.enqueue(runs)),
        dispatch: (runs) => {
          if (runs.length === 0) return;
          begun += 1;
          if (isDead || begun === death?.at) die();
          ports.dispatch(runs);
        },
        afterwards: (task) => {
          if (!isDead) ports.afterwards(() => task().catch(unlessKilled));
        },
      },
    },
  };
}
