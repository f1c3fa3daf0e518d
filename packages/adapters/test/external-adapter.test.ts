import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalAdapter } from "../src/local/local-adapter.ts";
import { transcriptStart } from "../src/transcript.ts";
import { openContext } from "./execution-context.ts";
import { runJob } from "./run-job.ts";

let folder: string;
let adapter: LocalAdapter;
let command: string;

/** Says what it was asked, or fails; a program as people have them, by a shebang. */
const program = `#!/usr/bin/env node
if (process.argv.includes("--version")) { console.log("llm, version 0.28"); process.exit(); }
let asked = "";
for await (const chunk of process.stdin) asked += chunk;
if (process.argv.includes("broken")) { console.error("No key found"); process.exit(3); }
if (process.argv.includes("slow")) { console.log("Thinking"); setInterval(() => {}, 1000); await new Promise(() => {}); }
console.log("You asked:");
console.log(asked);
`;

// As npm installs it into the runner's folder.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardroom-external-"));
  const modules = join(folder, "node_modules");
  await cp(join(import.meta.dirname, "../examples/llm"), join(modules, "boardroom-adapter-llm"), { recursive: true });
  const zod = join(createRequire(import.meta.url).resolve("zod/package.json"), "..");
  await cp(zod, join(modules, "zod"), { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  await mkdir(join(folder, "bin"));
  command = join(folder, "bin", "llm.mjs");
  await writeFile(command, program);
  await chmod(command, 0o755);
  const file = createRequire(join(folder, "package.json")).resolve("boardroom-adapter-llm");
  ({ adapter } = await import(pathToFileURL(file).href));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const open = (config: Record<string, unknown>) => openContext(runJob({ type: "llm", config: { command, ...config } }));

describe("the external adapter of the guide", () => {
  it("runs its program and says what came of it", async () => {
    const context = await open({ model: "gpt-4o-mini" });
    expect(await adapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: expect.stringContaining("You asked:\nYou are Ada at Acme. Answer ACME-7"),
      model: "gpt-4o-mini",
      exitCode: 0,
    });
    expect(context.metas).toMatchObject([{ args: ["-m", "gpt-4o-mini"] }]);
  });

  it("says why it failed", async () => {
    expect(await adapter.execute(await open({ model: "broken" }))).toMatchObject({
      status: "failed",
      errorCode: "exit_code",
      error: "No key found\n",
      exitCode: 3,
    });
    expect(await adapter.execute(await open({ command: "llm-of-nobody" }))).toMatchObject({
      errorCode: "command_not_found",
    });
    expect(await adapter.execute(await open({ model: "--option" }))).toMatchObject({ errorCode: "config_invalid" });
  });

  it("is cancelled with the run", async () => {
    const context = await open({ model: "slow" });
    const running = adapter.execute(context);
    await expect.poll(() => context.lines).toEqual(["Thinking"]);
    context.cancel();
    expect(await running).toMatchObject({ status: "cancelled" });
  });

  it("reads its log the same in parts and in one piece", () => {
    const { parseTranscript } = adapter.definition;
    const whole = parseTranscript("ä\n\nb", transcriptStart, true);
    expect(whole.entries).toMatchObject([
      { text: "ä", offset: 0 },
      { text: "b", offset: 4 },
    ]);
    const first = parseTranscript("ä\n\n", transcriptStart, false);
    const second = parseTranscript("b", first.state, true);
    expect([...first.entries, ...second.entries]).toEqual(whole.entries);
  });

  it("finds its program", async () => {
    const probe = async () => ({
      exitCode: 0,
      signal: null,
      timedOut: false,
      cancelled: false,
      startError: null,
      stdoutTail: "llm, version 0.28\n",
      stderrTail: "",
    });
    const look = { envNames: [], findProgram: async () => null, probe, inspectPath: async () => "folder" as const };
    expect(await adapter.testEnvironment({ ...look, config: { command } })).toEqual([
      { level: "info", code: "command_found", message: "llm, version 0.28" },
    ]);
    expect(await adapter.testEnvironment({ ...look, config: { nonsense: 1 } })).toMatchObject([
      { code: "config_invalid" },
    ]);
  });
});
