import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

const source = new URL("./end-with-us.ts", import.meta.url).href;
const script = `
  import { spawn } from "node:child_process";
  import { endWithUs } from ${JSON.stringify(source)};
  const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  endWithUs(child.pid);
  process.stdout.write(String(child.pid));
  setInterval(() => {}, 1000);
`;

it("ends a detached process whose starter was killed", async () => {
  const starter = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = await once(starter.stdout, "data");
  const pid = Number(String(output));
  expect(isRunning(pid)).toBe(true);
  starter.kill("SIGKILL");
  await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
