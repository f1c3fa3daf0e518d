import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { endWithUs } from "../postgres/end-with-us.ts";

const run = promisify(execFile);

/**
 * Sees to it that the runtimes which Miniflare started end also when our process is killed and can't end them: an orphan
 * would keep the port. The answer lets go of them.
 */
export async function guardWorkerd(): Promise<() => void> {
  // Without `ps` there is no guard; the next start then says that the port is in use.
  const { stdout } = await run("ps", ["-axo", "pid=,ppid=,args="]).catch(() => ({ stdout: "" }));
  const runtimes = stdout.split("\n").flatMap((line) => {
    const [pid, parent, program = ""] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && program.endsWith("workerd") ? [Number(pid)] : [];
  });
  const guards = runtimes.map((pid) => endWithUs(pid));
  return () => {
    for (const letGo of guards) letGo();
  };
}
