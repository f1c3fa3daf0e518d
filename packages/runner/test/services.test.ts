import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { launchdAgent, serviceMark, systemdUnit } from "../src/service/service-files.ts";
import { startProgram } from "./support/machine.ts";
import { startScriptedServer } from "./support/scripted-server.ts";

const spec = { node: "/usr/bin/node", script: "/opt/runner.mjs", args: ["start"], companyId: "c", path: "/usr/bin" };

describe("a runner as a service", () => {
  it("isn't started again once it was revoked; at a terminal it ends with an error", async () => {
    const server = await startScriptedServer();
    const { root } = server.newHome({});
    server.always(/\/runners\/token$/, () => (response) => {
      response.writeHead(403, { "content-type": "application/json" });
      const details = { reason: "revoked" };
      response.end(JSON.stringify({ error: "Revoked.", code: "forbidden", details, requestId: "r" }));
    });
    try {
      const atTerminal = await startProgram(["start"], root);
      expect(await atTerminal.ended).toBe(1);
      const asService = await startProgram(["start"], root, { [serviceMark]: "1" });
      expect(await asService.ended).toBe(0);
      expect(asService.output()).toContain("revoked");
    } finally {
      await server.stop();
      rmSync(dirname(root), { recursive: true, force: true });
    }
  });

  it("says of itself that it is one", () => {
    expect(systemdUnit(spec).content).toContain(`Environment=${serviceMark}=1`);
    expect(launchdAgent(spec).content).toContain(`<key>${serviceMark}</key>`);
  });
});
