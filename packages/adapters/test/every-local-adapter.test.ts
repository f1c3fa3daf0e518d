import { runResult } from "@boardroom/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutionResult } from "../src/local/local-adapter.ts";
import { localAdapters } from "../src/local/local-adapters.ts";
import { isSessionId } from "../src/local/toolkit/index.ts";
import { type ParsedEntry, transcriptStart } from "../src/transcript.ts";
import { allLines, hostileLine } from "./hostile-streams.ts";
import { replay } from "./replay-context.ts";
import { runJob } from "./run-job.ts";

/** As the runner sends it to the server. */
function isSendable({ exitCode: _, signal: __, timedOut: ___, ...result }: ExecutionResult): boolean {
  const parsed = runResult.strict().safeParse(result);
  if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
  return true;
}

describe.each(localAdapters.map((adapter) => [adapter.definition.type, adapter] as const))("%s", (type, adapter) => {
  const { parseTranscript } = adapter.definition;
  const config = type === "process" ? { command: "work" } : {};

  it("makes a result that the server takes of whatever its program prints", async () => {
    const ends = fc.record({
      exitCode: fc.constantFrom(0, 1, 137, null),
      cancelled: fc.boolean(),
      timedOut: fc.boolean(),
      stderrTail: hostileLine,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(hostileLine, { maxLength: 12 }), ends, async (lines, end) => {
        const result = await adapter.execute(replay(runJob({ type, config }), [{ lines, ...end }, { lines }]));
        expect(isSendable(result)).toBe(true);
        if (end.cancelled) expect(result.status).toBe("cancelled");
        else if (end.timedOut || end.exitCode !== 0) expect(result.status).toBe("failed");
        if (result.status === "failed") expect(result.error).toBeTruthy();
        const id = result.sessionParams?.sessionId;
        if (id !== undefined) expect(isSessionId(id)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(Object.hasOwn(Object.prototype, "threadId")).toBe(false);
  });

  it("shows whatever its program prints, in parts as in one piece, and says where each line starts", () => {
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(hostileLine, { maxLength: 10 }), cuts, (lines, places) => {
        const text = lines.join("\n").toWellFormed();
        const characters = [...text];
        const ends = [...places.map((place) => place % (characters.length + 1)), characters.length].sort(
          (a, b) => a - b,
        );
        let state = transcriptStart;
        const entries: ParsedEntry[] = [];
        for (const [at, end] of ends.entries()) {
          const part = characters.slice(ends[at - 1] ?? 0, end).join("");
          const read = parseTranscript(part, state, at === ends.length - 1);
          entries.push(...read.entries);
          state = read.state;
        }
        expect(entries).toEqual(parseTranscript(text, transcriptStart, true).entries);
        const bytes = Buffer.from(text);
        for (const { offset } of entries) expect(offset === 0 || bytes[offset - 1] === 10).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps what its program prints from steering a terminal", () => {
    fc.assert(
      fc.property(hostileLine, fc.boolean(), (line, debug) => {
        const shown = adapter.formatEvent(line, { debug, color: false });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be left
        expect(shown ?? "").not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it("takes a line of ten megabytes", async () => {
    const long = `{"type":"assistant","text":"${"x".repeat(10_000_000)}"}`;
    const result = await adapter.execute(replay(runJob({ type, config }), [{ lines: [...allLines, long] }]));
    expect(isSendable(result)).toBe(true);
    expect(parseTranscript(long, transcriptStart, true).entries.length).toBeLessThan(2);
  });

  it("fails for good on a configuration that isn't one", async () => {
    const context = replay(runJob({ type, config: { command: "", nonsense: true } }), []);
    expect(await adapter.execute(context)).toMatchObject({
      status: "failed",
      errorCode: "config_invalid",
      errorFamily: "config",
    });
    expect(context.requests).toEqual([]);
  });

  it("passes nothing on that looks like an option in the place of a session", async () => {
    const session = { id: "--dangerously-skip-permissions", params: { cwd: "/home/ada/roof" } };
    const context = replay(runJob({ type, config }), [{}], { session });
    await adapter.execute(context);
    expect(JSON.stringify(context.requests[0]?.args)).not.toContain("dangerously-skip");
  });
});
