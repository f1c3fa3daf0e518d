import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveAllowed } from "./check-folder.ts";

let root = "";
let allowed = "";
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "policy-")));
  allowed = join(root, "allowed");
  for (const folder of ["allowed/project/deep", "allowed-too", "secret"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "secret/key"), "k");
  symlinkSync(join(root, "secret"), join(allowed, "way-out"));
  symlinkSync("../../secret", join(allowed, "project/relative-way-out"));
  symlinkSync(join(root, "secret/not-there-yet"), join(allowed, "dangling"));
  symlinkSync(join(allowed, "loop-b"), join(allowed, "loop-a"));
  symlinkSync(join(allowed, "loop-a"), join(allowed, "loop-b"));
  symlinkSync(join(allowed, "project"), join(root, "way-in"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const check = (path: string) => resolveAllowed(path, [allowed]);

describe("a folder that a job names", () => {
  it("is allowed when it is one of the policy's folders or lies below it", () => {
    expect(check(allowed)).toBe(allowed);
    expect(check(`${allowed}/`)).toBe(allowed);
    expect(check(join(allowed, "project/deep"))).toBe(join(allowed, "project/deep"));
    expect(check(`${allowed}/project/../project/./deep`)).toBe(join(allowed, "project/deep"));
  });

  it("is told by where it truly lies", () => {
    expect(check(join(root, "way-in/deep"))).toBe(join(allowed, "project/deep"));
    expect(resolveAllowed(join(allowed, "project"), [join(root, "way-in")])).toBe(join(allowed, "project"));
  });

  it("may not be there yet, as long as what is there lies inside", () => {
    expect(check(join(allowed, "new/one"))).toBe(join(allowed, "new/one"));
    expect(check(join(allowed, "way-out/new"))).toBeNull();
  });

  it("is refused outside, however it is written", () => {
    const hostile = [
      root,
      join(root, "secret"),
      `${allowed}/../secret`,
      `${allowed}/project/../../secret/key`,
      `${allowed}-too`,
      `${allowed}/..`,
      "/",
      "/etc/passwd",
      "//etc//passwd",
      "relative/path",
      "~/secret",
      "",
      ".",
      "..",
      "C:\\Windows",
      "file:///etc/passwd",
    ];
    for (const path of hostile) expect(check(path), path).toBeNull();
  });

  it("is refused when a link leads out, to nowhere or in circles", () => {
    for (const name of ["way-out", "way-out/key", "project/relative-way-out/key", "dangling", "dangling/x", "loop-a"]) {
      expect(check(join(allowed, name)), name).toBeNull();
    }
  });

  it("is refused in what the kernel shows as files, whatever is allowed", () => {
    for (const path of ["/proc/self/root", `/proc/self/root${allowed}`, "/proc/1/environ", "/dev/shm", "/sys/kernel"]) {
      expect(resolveAllowed(path, ["/proc", "/dev", "/sys", "/"]) ?? "refused", path).not.toMatch(/^\/(proc|dev|sys)/);
    }
    expect(check(`/proc/self/cwd`)).toBeNull();
  });

  it("is refused with a NUL, too long, or as a case that the file system doesn't know", () => {
    expect(check(`${allowed}\u0000/project`)).toBeNull();
    expect(check(`${allowed}/project\u0000.txt`)).toBeNull();
    expect(check(`${allowed}/${"x/".repeat(3000)}`)).toBeNull();
    expect(check(`${allowed}/${"y".repeat(300)}`)).toBeNull();
    if (process.platform === "linux") expect(check(allowed.toUpperCase())).toBeNull();
  });

  it("is refused when the policy names no folder", () => {
    expect(resolveAllowed(allowed, [])).toBeNull();
    expect(resolveAllowed(allowed, [join(root, "gone")])).toBeNull();
  });
});
