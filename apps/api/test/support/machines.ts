import type { OperationCall, Operations } from "@boardroom/contract";
import type { TestCompany } from "@boardroom/testing";

type RuntimeConfig = NonNullable<OperationCall<Operations["agents.create"]>["body"]["runtimeConfig"]>;

/** Hires an agent that only a machine can start. */
export const hireLocal = ({ board, cid }: TestCompany, runtimeConfig: RuntimeConfig = {}) =>
  board.call("agents.create", {
    params: { cid },
    body: { name: "Worker", adapterType: "process", adapterConfig: { command: "true" }, runtimeConfig },
  });

/** Gives the agent something to do. */
export const assign = ({ board, cid }: TestCompany, assigneeAgentId: string) =>
  board.call("issues.create", { params: { cid }, body: { title: "Do it", assigneeAgentId, status: "todo" } });

/** What a call was refused with, as `404 not_found`; `taken` when it wasn't. */
export const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "taken",
    ({ status, code }) => `${status} ${code}`,
  );
