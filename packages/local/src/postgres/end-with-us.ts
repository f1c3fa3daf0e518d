import { spawn } from "node:child_process";

/**
 * Ends a detached process also when ours is killed and can't: a shell waits at a pipe that closes with us. Where there is no
 * shell the next start stops what was left.
 * @returns lets go of it; call it when the process is gone
 */
export function endWithUs(pid: number): () => void {
  const wait = 'read -r word; [ "$word" = gone ] || kill -INT "$1"';
  const guard = spawn("sh", ["-c", wait, "sh", String(pid)], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // Without a shell, or after it went away, there is nothing to tell.
  guard.on("error", () => undefined);
  guard.stdin.on("error", () => undefined);
  guard.unref();
  return () => guard.stdin.end("gone\n");
}
