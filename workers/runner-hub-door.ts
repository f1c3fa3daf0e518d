import type { ApiEnv } from "@boardroom/api";
import type { RunnerHub } from "./runner-hub.ts";

/** The API's way to the hub of a company's runners. */
export function createRunnerHub(hubs: DurableObjectNamespace<RunnerHub>): ApiEnv["runnerHub"] {
  const hubOf = (companyId: string) => hubs.get(hubs.idFromName(companyId));
  return {
    tell: async (companyId, runnerIds, hint) => {
      if (runnerIds.length > 0) await hubOf(companyId).tell([...runnerIds], hint);
    },
    online: (companyId) => hubOf(companyId).online(),
    awaitTest: (companyId, wanted) => hubOf(companyId).awaitTest({ ...wanted, runnerIds: [...wanted.runnerIds] }),
    testReported: (companyId, testId, report) => hubOf(companyId).testReported(testId, report),
    revoke: (companyId, runnerId) => hubOf(companyId).revoke(runnerId),
    enter: (request, { companyId, runnerId, channel }) => {
      const headers = new Headers(request.headers);
      headers.delete("authorization");
      headers.set("x-company-id", companyId);
      headers.set("x-runner-id", runnerId);
      return hubOf(companyId).fetch(new Request(`https://hub/${channel}`, { headers }));
    },
  };
}
