import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundleRunner } from "../build.ts";

const root = mkdtempSync(join(tmpdir(), "bundle-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the published program", () => {
  it("is small, and needs nothing but Node", async () => {
    await bundleRunner(join(root, "dist"));
    execFileSync("tar", ["-czf", "packed.tgz", "dist"], { cwd: root });
    const kilobytes = statSync(join(root, "packed.tgz")).size / 1000;
    process.stdout.write(`The runner is ${kilobytes.toFixed(0)} kB packed\n`);
    expect(kilobytes).toBeLessThan(300);
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [join(root, "dist/boardroom-runner.mjs"), ...args]).toString();
    expect(run("version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run("help")).toContain("connect <code>");
  });
});
