import type { EnvironmentCheck } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import type { CommandResult, EnvironmentTestContext } from "../local-adapter.ts";
import { localAdapters } from "../local-adapters.ts";

const answered: CommandResult = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  cancelled: false,
  startError: null,
  stdoutTail: "2.1.3 (Something)\n",
  stderrTail: "",
};

async function test(type: string, differing: Partial<EnvironmentTestContext> & { answer?: Partial<CommandResult> }) {
  const probed: string[] = [];
  const context: EnvironmentTestContext = {
    config: {},
    envNames: ["HOME", "PATH"],
    findProgram: async () => null,
    probe: async (command, args) => {
      probed.push([command, ...args].join(" "));
      return { ...answered, ...differing.answer };
    },
    inspectPath: async () => "folder",
    ...differing,
  };
  const adapter = localAdapters.find(({ definition }) => definition.type === type);
  const checks: EnvironmentCheck[] = (await adapter?.testEnvironment(context)) ?? [];
  return { probed, codes: checks.map(({ level, code }) => `${level} ${code}`), checks };
}

describe("looking at whether a program would work", () => {
  it.each(["claude_local", "codex_local"])("finds %s and says its version", async (type) => {
    const { codes, checks } = await test(type, {});
    expect(codes).toEqual(["info command_found"]);
    expect(checks[0]?.message).toContain("2.1.3 (Something)");
  });

  it("says what is missing or forbidden, and how to get it", async () => {
    const missing = { code: "command_not_found", message: "claude is not in PATH" } as const;
    const { checks, probed } = await test("claude_local", { findProgram: async () => missing });
    expect(checks).toMatchObject([
      { level: "error", code: "command_not_found", hint: expect.stringContaining("npm install") },
    ]);
    expect(probed).toEqual([]);
    const denied = { code: "policy_denied", message: "Not allowed" } as const;
    expect((await test("codex_local", { findProgram: async () => denied })).codes).toEqual(["error policy_denied"]);
    expect((await test("codex_local", { answer: { exitCode: 1 } })).codes).toEqual(["error command_failed"]);
    expect((await test("codex_local", { answer: { timedOut: true } })).codes).toEqual(["error command_failed"]);
  });

  it("warns of keys that change who pays, which keeps nobody from saving", async () => {
    const { codes } = await test("claude_local", { envNames: ["ANTHROPIC_API_KEY"] });
    expect(codes).toEqual(["info command_found", "warn anthropic_api_key_set"]);
    const configured = await test("codex_local", { config: { env: { OPENAI_API_KEY: "x" }, networkAccess: false } });
    expect(configured.codes).toEqual(["info command_found", "warn openai_api_key_set", "warn network_off"]);
  });

  it("warns of agents that nobody can hold back", async () => {
    const claude = await test("claude_local", { config: { dangerouslySkipPermissions: true } });
    expect(claude.codes).toContain("warn permissions_skipped");
    const codex = await test("codex_local", { config: { dangerouslyBypassApprovalsAndSandbox: true } });
    expect(codex.codes).toContain("warn sandbox_bypassed");
  });

  it("looks at the folder", async () => {
    const config = { cwd: "/home/ada/roof" };
    for (const [found, code] of [
      ["folder", "info cwd_found"],
      ["missing", "error cwd_missing"],
      ["file", "error cwd_not_folder"],
      ["denied", "error cwd_denied"],
    ] as const) {
      expect((await test("claude_local", { config, inspectPath: async () => found })).codes).toContain(code);
    }
  });

  it("refuses a configuration that can't be used", async () => {
    expect((await test("claude_local", { config: { maxTurns: 0, nonsense: 1 } })).codes).toEqual([
      "error config_invalid",
      "error config_invalid",
    ]);
  });

  it("never starts a script to look at it", async () => {
    const { codes, probed } = await test("process", { config: { command: "deploy.sh" } });
    expect(codes).toEqual(["info command_found"]);
    expect(probed).toEqual([]);
  });
});
