import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCommand } from "./check-command.ts";

let root = "";
let path = "";
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "commands-")));
  for (const folder of ["bin", "other"]) mkdirSync(join(root, folder));
  for (const name of ["bin/agent", "bin/shell", "other/agent"]) {
    writeFileSync(join(root, name), "#!/bin/sh\n");
    chmodSync(join(root, name), 0o755);
  }
  writeFileSync(join(root, "bin/text"), "no program");
  symlinkSync(join(root, "bin/shell"), join(root, "other/looks-like-agent"));
  symlinkSync(join(root, "bin/agent"), join(root, "other/also-agent"));
  path = [join(root, "bin"), join(root, "other")].join(delimiter);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const kind = (command: string, allowed = ["agent"], searchPath = path) =>
  checkCommand(command, allowed, searchPath).kind;

describe("a command that a job names", () => {
  it("is started when the policy names it, from this machine's own PATH", () => {
    expect(checkCommand("agent", ["agent"], path)).toEqual({ kind: "allowed", path: join(root, "bin/agent") });
  });

  it("may be a path, when that is the very program of an allowed name", () => {
    expect(kind(join(root, "bin/agent"))).toBe("allowed");
    expect(kind(join(root, "other/also-agent"))).toBe("allowed");
    expect(kind(join(root, "other/agent"))).toBe("denied");
    expect(kind(join(root, "other/looks-like-agent"))).toBe("denied");
  });

  it("is allowed by name when its absolute path is listed", () => {
    expect(kind("agent", [join(root, "bin/agent")])).toBe("allowed");
    expect(kind("shell", [join(root, "bin/agent")])).toBe("denied");
  });

  it("is denied when the policy doesn't name it, however it is written", () => {
    const hostile = ["sh", "bash", "/bin/sh", "./agent", "../bin/agent", "bin/agent", "", "agent\u0000", "AGENT2"];
    for (const command of [...hostile, "agent --flag", "agent;sh", "$(sh)", "-agent", "~/agent", "a".repeat(5000)]) {
      expect(kind(command), command.slice(0, 40)).toBe("denied");
    }
  });

  it("says that an allowed program isn't there", () => {
    expect(kind("missing", ["missing"])).toBe("missing");
    expect(kind("text", ["text"])).toBe("missing");
  });

  it("isn't looked for in the working folder", () => {
    expect(kind("agent", ["agent"], ["", ".", "bin"].join(delimiter))).toBe("missing");
  });
});
