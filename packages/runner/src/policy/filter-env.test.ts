import { describe, expect, it } from "vitest";
import { jobEnv, machineEnv } from "./filter-env.ts";
import { policySchema } from "./policy.ts";

const policy = policySchema.parse({ version: 1 });

describe("the environment of a run's programs", () => {
  it("holds of this machine only what the policy names", () => {
    const machine = { PATH: "/bin", HOME: "/home/a", LC_ALL: "C", AWS_SECRET_ACCESS_KEY: "x", SSH_AUTH_SOCK: "/s" };
    expect(machineEnv(policy, machine)).toEqual({ PATH: "/bin", HOME: "/home/a", LC_ALL: "C" });
  });

  it("never holds what the runner itself was started with for another run", () => {
    const wide = policySchema.parse({ version: 1, envNames: ["*"] });
    expect(machineEnv(wide, { PAPERCLIP_API_KEY: "k", BOARDROOM_RUN_MARKER: "m", A: "1" })).toEqual({ A: "1" });
  });

  it("takes an agent's own variables", () => {
    expect(jobEnv(policy, { ANTHROPIC_BASE_URL: "http://x", my_flag: "1" }).env).toEqual({
      ANTHROPIC_BASE_URL: "http://x",
      my_flag: "1",
    });
  });

  it("refuses those that make another program of an allowed one", () => {
    const names = [
      "LD_PRELOAD",
      "LD_LIBRARY_PATH",
      "DYLD_INSERT_LIBRARIES",
      "NODE_OPTIONS",
      "PATH",
      "Path",
      "BASH_ENV",
    ];
    names.push(
      "GIT_SSH_COMMAND",
      "GIT_EXTERNAL_DIFF",
      "GIT_CONFIG_COUNT",
      "git_ssh",
      "PYTHONSTARTUP",
      "HOME",
      "PERL5OPT",
      "CODEX_HOME",
      "CLAUDE_CONFIG_DIR",
    );
    const { env, refused } = jobEnv(policy, Object.fromEntries(names.map((name) => [name, "/tmp/evil"])));
    expect(env).toEqual({});
    expect(refused).toEqual(names);
  });

  it("refuses what would say for whom the run is", () => {
    expect(
      jobEnv(policy, { PAPERCLIP_API_KEY: "k", paperclip_run_id: "r", PAPERCLIP_API_URL: "http://e" }).env,
    ).toEqual({});
  });

  it("refuses names and values that no environment can hold", () => {
    const given = {
      "A=B": "1",
      "": "1",
      "1A": "1",
      "A B": "1",
      "A\u0000": "1",
      OK: "a\u0000b",
      NUMBER: 1,
      __proto__x: "fine",
    };
    expect(jobEnv(policy, given).env).toEqual({ __proto__x: "fine" });
  });

  it("follows the policy where that is narrower or wider", () => {
    const own = policySchema.parse({ version: 1, deniedEnv: ["ANTHROPIC_*"], allowedEnv: ["GIT_AUTHOR_*"] });
    const given = { ANTHROPIC_BASE_URL: "x", GIT_AUTHOR_NAME: "Ada", GIT_SSH: "evil" };
    expect(jobEnv(own, given).env).toEqual({ GIT_AUTHOR_NAME: "Ada" });
  });
});

describe("a policy", () => {
  it("is refused with a field that isn't known, rather than half understood", () => {
    expect(policySchema.safeParse({ version: 1, alowedFolders: ["/"] }).success).toBe(false);
  });

  it("is refused with a command that has arguments, or a folder that depends on where one stands", () => {
    expect(policySchema.safeParse({ version: 1, allowedCommands: ["sh -c"] }).success).toBe(false);
    expect(policySchema.safeParse({ version: 1, allowedFolders: ["./here"] }).success).toBe(false);
  });
});
