import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openRunLog } from "./run-log.ts";

const root = mkdtempSync(join(tmpdir(), "run-log-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it("a program that writes without end doesn't fill the disk, also when the server takes no more of its log", async () => {
  const file = join(root, "log.txt");
  let grown = 0;
  const over = async () => undefined;
  const grew = (bytes: number) => {
    grown += bytes;
  };
  const sender = { grew, untilBehindBy: over, finish: over, stop: () => undefined };
  const log = await openRunLog(file, sender, 1000);
  for (let line = 0; line < 500; line += 1) await log.write("stdout", Buffer.from(`line ${line}\n`));
  await log.note("The end.");
  await log.close();
  const kept = readFileSync(file, "utf8");
  expect(kept.length).toBeLessThan(1200);
  expect(kept).toMatch(/^line 0\n/);
  expect(kept).toMatch(/too long; the rest is not kept\.\n$/);
  expect(grown).toBe(kept.length);
});
