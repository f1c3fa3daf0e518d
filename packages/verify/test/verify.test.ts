import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { createVerifier, type Verdict } from "../boardroom-verify.mjs";
import { givenExport } from "./given-export.ts";
import { tamper } from "./tamper.ts";

const program = fileURLToPath(new URL("../boardroom-verify.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "boardroom-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(lines: readonly string[], options: Parameters<typeof createVerifier>[0] = {}): Verdict {
  const verifier = createVerifier(options);
  for (const line of lines) verifier.add(line);
  return verifier.finish();
}

function run(lines: readonly string[], ...args: string[]): { status: number; output: string } {
  const file = join(folder, "export.ndjson");
  writeFileSync(file, `${lines.join("\n")}\n`);
  try {
    return { status: 0, output: execFileSync(process.execPath, [program, ...args, file], { encoding: "utf8" }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, output: stdout };
  }
}

it("finds nothing wrong with an export as it was written, whole or from a later seal on", () => {
  const { lines, publicKey } = givenExport();
  expect(check(lines, { keys: [publicKey] })).toMatchObject({
    isIntact: true,
    seals: 4,
    sealedRows: 48,
    unsealedRows: 5,
  });
  expect(check(givenExport({ after: 7 }).lines)).toMatchObject({ isIntact: true, problems: [] });
  expect(check(givenExport({ seals: 0, tail: 3 }).lines)).toMatchObject({ isIntact: true, seals: 0, unsealedRows: 3 });
  expect(check(givenExport({ seals: 1, rowsPerSeal: 1, tail: 0 }).lines)).toMatchObject({ isIntact: true });
});

it("finds each of 10,000 random changes, removals, additions and moves", () => {
  const seed = Number(process.env.TAMPER_SEED ?? Date.now() % 1_000_000);
  const { lines, publicKey } = givenExport({ seals: 2, rowsPerSeal: 4, tail: 2 });
  const missed: string[] = [];
  const kinds = new Map<string, number>();
  for (let round = 0; round < 10_000; round++) {
    const { what, lines: tampered } = tamper(lines, seed + round);
    kinds.set(what.kind, (kinds.get(what.kind) ?? 0) + 1);
    if (check(tampered, { keys: [publicKey] }).isIntact) missed.push(`seed ${seed + round}: ${JSON.stringify(what)}`);
  }
  const counts = [...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ");
  process.stdout.write(`10,000 tampers from seed ${seed}: ${counts}\n`);
  expect(missed).toEqual([]);
  expect([...kinds.keys()].sort()).toEqual(["added", "changed", "duplicated", "moved", "removed", "swapped"]);
}, 300_000);

it("says which row it was", () => {
  const { lines } = givenExport();
  const third = lines[3] ?? "";
  const changed = lines.with(3, third.replace('"todo"', '"done"'));
  expect(check(changed).problems).toEqual([
    { kind: "changed", line: 4, message: expect.stringContaining("019a0000-0000-7000-8000-000000000003") },
  ]);
  expect(check(lines.toSpliced(3, 1)).problems).toEqual([
    { kind: "removed", line: null, message: "A row is missing from Seal 1, as number 3 of 12." },
  ]);
  expect(check(lines.toSpliced(3, 0, third.replace("ACME-3", "ACME-99"))).problems).toMatchObject([
    { kind: "added", line: 4 },
  ]);
  const swapped = lines.with(3, lines[4] ?? "").with(4, third);
  expect(check(swapped).problems).toMatchObject([
    { kind: "reordered", line: 4 },
    { kind: "reordered", line: 5 },
  ]);
});

it("isn't taken in by seals that were made anew with another key, nor by a log that ends early", () => {
  const [ours, theirs] = [givenExport(), givenExport({ rowsPerSeal: 11 })];
  const verdict = check(theirs.lines, { keys: [ours.publicKey] });
  expect(verdict.problems.filter(({ kind }) => kind === "key")).toHaveLength(5);
  expect(check(ours.lines.slice(0, 30)).problems).toMatchObject([{ kind: "removed" }]);
  const noted = check(ours.lines).lastHash ?? "";
  expect(check(ours.lines, { hash: noted }).isIntact).toBe(true);
  expect(check(theirs.lines, { hash: noted }).isIntact).toBe(false);
});

it("works as a program with Node alone, and its exit code tells", () => {
  const { lines, publicKey } = givenExport();
  const intact = run(lines, "--key", publicKey);
  expect(intact).toMatchObject({
    status: 0,
    output: expect.stringMatching(/4 seals over 48 rows, 5 rows behind[\s\S]*Intact\./),
  });
  for (const seed of [1, 2]) {
    const { lines: tampered, what } = tamper(lines, seed);
    expect(run(tampered, "--key", publicKey), JSON.stringify(what)).toMatchObject({
      status: 1,
      output: expect.stringContaining("Not intact"),
    });
  }
  expect(run(["this is", "no export"]).status).toBe(1);
}, 200_000);
