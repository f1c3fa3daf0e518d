import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findCli, whySkipped } from "@boardroom/testing/clis";
import { beforeAll, describe, expect, it } from "vitest";
import { readTranscript } from "../../src/read-transcript.ts";
import { type ContextOptions, openContext } from "../execution-context.ts";
import { runJob } from "../run-job.ts";
import { clis, logIn } from "./other-clis.ts";
import { skills, useScriptedModel } from "./scripted-model.ts";

const model = useScriptedModel();
beforeAll(() => logIn(model));

/** They are big programs, and start some processes each. */
const patient = { timeout: 180_000 };
const twoUsages = { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 20 };

for (const cli of clis) {
  const path = findCli(cli.program);
  describe.skipIf(path === null)(`${cli.program}${path ? "" : ` (${whySkipped(cli.program)})`}`, patient, () => {
    const { adapter } = cli;
    const open = (config: Record<string, unknown> = {}, options: ContextOptions = {}) => {
      const job = runJob(
        { type: adapter.definition.type, config: { command: path ?? "", timeoutSec: 150, ...cli.config, ...config } },
        { skills },
      );
      const env = { HOME: model.home, GOOGLE_GEMINI_BASE_URL: model.url, ...cli.env };
      return openContext(job, { ...options, env: { ...env, ...options.env } });
    };

    it("works on a task by its tools, and says what it took", async () => {
      const context = await open({ instructionsFilePath: "RULES.md" });
      await writeFile(join(context.cwd, "RULES.md"), "Always be brief.");
      const command = "echo slate > roof.txt; echo $PAPERCLIP_API_KEY | wc -c";
      model.say(
        {
          text: "I start.",
          toolCalls: [{ name: cli.shell, input: { command, description: "mend" } }],
          usage: twoUsages,
        },
        { text: "The roof is mended.", usage: twoUsages },
      );
      const result = await adapter.execute(context);
      expect(result).toMatchObject({
        status: "succeeded",
        exitCode: 0,
        summary: "The roof is mended.",
        provider: cli.provider,
        model: cli.model,
        usage: { inputTokens: 1000, cachedInputTokens: 1000, outputTokens: 40 },
        sessionParams: { sessionId: expect.stringMatching(/^[\w-]{20,}$/), cwd: context.cwd },
      });
      if (cli.costUsd === null) expect(result.costUsd).toBeNull();
      else expect(result.costUsd).toBeCloseTo(cli.costUsd, 6);
      expect(await readFile(join(context.cwd, "roof.txt"), "utf8")).toBe("slate\n");
      expect(model.heard()).toContain("ACME-7");
      expect(model.heard()).toContain("Always be brief.");
      expect(model.heard()).toContain("Mends roofs of slate");
      const { entries } = readTranscript(adapter.definition.type, context.lines.join("\n"), true);
      expect(entries).toContainEqual(expect.objectContaining({ kind: "assistant", text: "I start." }));
      expect(entries).toContainEqual(
        expect.objectContaining({ kind: "tool_call", name: cli.shell, input: expect.stringContaining("roof.txt") }),
      );
      // The key of the run, as long as it is, and the line break.
      expect(entries).toContainEqual(
        expect.objectContaining({ kind: "tool_result", text: expect.stringMatching(/^17\s*$/), isError: false }),
      );
      const last = entries.filter(({ kind }) => kind === "assistant").at(-1);
      expect(last?.text).toBe("The roof is mended.");
    });

    it("goes on with its session, counting only what the new run took", async () => {
      const first = await open();
      model.say({ text: "One.", usage: twoUsages });
      const one = await adapter.execute(first);
      expect(one).toMatchObject({ status: "succeeded", summary: "One." });
      const session = { id: String(one.sessionParams?.sessionId), params: { ...one.sessionParams } };
      const second = await open({}, { session, cwd: first.cwd });
      model.say({ text: "Two.", usage: twoUsages });
      const two = await adapter.execute(second);
      expect(two).toMatchObject({ status: "succeeded", summary: "Two.", usage: one.usage, costUsd: one.costUsd });
      expect(two.sessionParams?.sessionId).toBe(session.id);
      expect(second.metas).toMatchObject([{ resumedSession: session.id }]);
      expect(model.heard()).toContain("One.");
    });

    it("starts afresh when the session is lost, once", async () => {
      const context = await open();
      model.say({ text: "Afresh." });
      const session = { id: "11111111-2222-4333-8444-555555555555", params: { cwd: context.cwd } };
      const result = await adapter.execute({ ...context, session });
      expect(result).toMatchObject({ status: "succeeded", summary: "Afresh." });
      expect(result.sessionParams?.sessionId).not.toBe(session.id);
      expect(context.metas.map(({ resumedSession }) => resumedSession)).toEqual([session.id, null]);
    });

    it("says that its key isn't taken", async () => {
      const context = await open();
      model.refuse({
        status: 401,
        type: "UNAUTHENTICATED",
        message: "API key not valid. Please pass a valid API key.",
      });
      const result = await adapter.execute(context);
      expect(result).toMatchObject({ status: "failed", errorFamily: "config", errorCode: "login_required" });
    });

    it("is not there under another name", async () => {
      const context = await open({ command: `${cli.program}-of-nobody` });
      expect(await adapter.execute(context)).toMatchObject({ status: "failed", errorCode: "command_not_found" });
    });
  });
}
