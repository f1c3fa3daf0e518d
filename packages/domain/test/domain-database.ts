import { afterAll, beforeAll } from "vitest";
import {
  type DomainDatabase,
  type StartedDatabase,
  startDomainDatabase,
  startDomainDatabases,
} from "./start-domain-database.ts";

export type { DomainDatabase, Tenant, TestCtx } from "./start-domain-database.ts";

/** Starts everything before the tests of this file and stops it after them. */
export function useDomainDatabase(): DomainDatabase {
  let running: StartedDatabase | undefined;
  const current = () => {
    if (!running) throw new Error("The database runs only while tests do.");
    return running;
  };
  beforeAll(async () => {
    running = await startDomainDatabase();
  }, 60_000);
  afterAll(() => running?.stop());
  return {
    get endpoint() {
      return current().endpoint;
    },
    get database() {
      return current().database;
    },
    get owner() {
      return current().owner;
    },
    get urls() {
      return current().urls;
    },
    newTenant: (company) => current().newTenant(company),
    newPerson: (name) => current().newPerson(name),
    countRequests: (work) => current().countRequests(work),
    restartPostgres: () => current().restartPostgres(),
  };
}

/** Several databases of one server, for tests that need what goes over all companies for themselves. */
export function useDomainDatabases(count: number): () => readonly DomainDatabase[] {
  let running: StartedDatabase[] = [];
  beforeAll(async () => {
    running = await startDomainDatabases(count);
  }, 60_000);
  afterAll(() => running[0]?.stop());
  return () => running;
}
