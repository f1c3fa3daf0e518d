import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const progressEveryMs = 10_000;

/**
 * Installs the packages of the lock file unless they are there. Answers one sentence when that failed, else null.
 * A stamp in node_modules remembers the lock file that was installed; an `npm install` by hand counts too.
 */
export async function installPackages(root) {
  const lockPath = join(root, "package-lock.json");
  const stampPath = join(root, "node_modules", ".boardroom-installed");
  const wanted = createHash("sha256").update(readFileSync(lockPath)).digest("hex");
  if (read(stampPath) === wanted) return null;
  if (!installedByHand(root, lockPath)) {
    const code = await runNpm(root);
    if (code !== 0) {
      return `Installing the packages failed (npm ended with ${code}, see above). Check the network and the disk, then try again.`;
    }
  }
  writeFileSync(stampPath, wanted);
  return null;
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** npm writes its own record last of all; younger than the lock file, it stands for a finished install of it. */
function installedByHand(root, lockPath) {
  const record = join(root, "node_modules", ".package-lock.json");
  return existsSync(record) && statSync(record).mtimeMs >= statSync(lockPath).mtimeMs;
}

function runNpm(root) {
  console.log("Installing packages (once, a minute or two) …");
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const timer = setInterval(() => console.log(`  still installing, ${seconds()} s`), progressEveryMs);
  // The npm that runs us, or else the one of the path.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = npm?.endsWith(".js")
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawn("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  const passOn = (signal) => child.kill(signal);
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  return new Promise((resolve) => {
    const end = (code) => {
      clearInterval(timer);
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      if (code === 0) console.log(`Packages installed in ${seconds()} s.`);
      resolve(code);
    };
    child.once("error", () => end("an error"));
    child.once("close", (code, signal) => end(code ?? signal));
  });
}
