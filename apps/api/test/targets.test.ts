import { type TestCompany, useBoardroom, useOwnBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";

const onOneMachine = useBoardroom();
const deployed = useOwnBoardroom({ overrides: { ALLOW_LOCAL_TARGETS: "false" } });

const privateTargets = [
  "https://10.0.0.8/hook",
  "https://172.16.4.1/hook",
  "https://192.168.1.1/hook",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1/",
  "https://0.0.0.0/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://[::ffff:10.0.0.8]/",
  "https://[64:ff9b::a00:8]/",
  "https://metadata.google.internal/",
  "https://printer.local/",
  "https://intranet/",
  "http://example.com/hook",
  "https://example.com:8443/hook",
  "https://user:secret@example.com/",
  "https://0x0a000008/",
  "https://167772168/",
  "ftp://example.com/",
];
const loopback = [
  "http://127.0.0.1:9/hook",
  "https://127.0.0.1/hook",
  "https://localhost/hook",
  "https://agent.localhost/",
  "https://[::1]/",
  "https://127.1/",
  "https://0177.0.0.1/",
  "https://[::ffff:127.0.0.1]/",
];

const hire = ({ board, cid }: TestCompany, url: string) =>
  board.call("agents.create", {
    params: { cid },
    body: { name: `Agent ${crypto.randomUUID()}`, adapterConfig: { url } },
  });

describe("hiring an agent behind an address", () => {
  it.each(privateTargets)("refuses %s, also on one machine", async (url) => {
    const { status, code } = await refusalOf(hire(await company(onOneMachine), url));
    expect(status === 422 ? code : status).toBe(url.startsWith("ftp") ? 400 : "unsafe_url");
  });

  it("refuses loopback and everything private where it is deployed, in every way of writing it", async () => {
    const own = await company(deployed);
    for (const url of [...loopback, ...privateTargets]) {
      expect((await refusalOf(hire(own, url))).code, url).toMatch(/^(unsafe_url|invalid_request)$/);
    }
    expect(await hire(own, "https://agents.example.com/hook")).toMatchObject({ status: "idle" });
  });

  it("refuses to change an agent's address to one", async () => {
    const own = await company(deployed);
    const { id } = await hire(own, "https://agents.example.com/hook");
    const change = own.board.call("agents.update", {
      params: { id },
      body: { adapterConfig: { url: "https://169.254.169.254/" } },
    });
    expect((await refusalOf(change)).code).toBe("unsafe_url");
  });

  it("judges again when it calls: an address stored some other way is not called", async () => {
    const own = await company(deployed);
    const { id } = await hire(own, "https://agents.example.com/hook");
    await deployed.ownerQuery("update agents set adapter_config = $2 where id = $1", [
      id,
      { url: "https://169.254.169.254/", timeoutSec: 1 },
    ]);
    const { run } = await own.board.call("agents.invoke", { params: { id }, body: {} });
    expect(await deployed.waitForRun(own, run?.id ?? "", "failed")).toMatchObject({
      errorCode: "unsafe_url",
      error: expect.stringContaining("169.254.169.254"),
    });
  });
});

const companies = new Map<object, Promise<TestCompany>>();

/** One company a stack: nothing here changes it. */
function company(boardroom: { newCompany(): Promise<TestCompany> }): Promise<TestCompany> {
  const known = companies.get(boardroom) ?? boardroom.newCompany();
  companies.set(boardroom, known);
  return known;
}
