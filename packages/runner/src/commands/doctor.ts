import { existsSync, statfsSync, statSync } from "node:fs";
import { loadAdapters } from "../adapters/load-adapters.ts";
import { offerAdapters } from "../adapters/offer-adapters.ts";
import { createApi } from "../api/api.ts";
import { messageOf } from "../api/judge-error.ts";
import { createServerClock } from "../api/server-clock.ts";
import type { CommandLine } from "../cli/options.ts";
import { say } from "../cli/say.ts";
import { askRunner } from "../control/ask-runner.ts";
import { createAccessToken } from "../credentials/access-token.ts";
import { asRunner } from "../credentials/as-runner.ts";
import { type Credential, readCredential } from "../credentials/credential.ts";
import { findHome, openHome, type RunnerHome, runnerRoot } from "../home/runner-home.ts";
import { readPolicy } from "../policy/load-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { git } from "../workspaces/git.ts";

type Level = "ok" | "warn" | "bad";
interface Finding {
  level: Level;
  text: string;
}

/** Looks for what would keep this machine from working; ends with 1 when something would. */
export async function doctorCommand(line: CommandLine): Promise<number> {
  const findings: Finding[] = [];
  const home = findHome(runnerRoot(line.home), line.company);
  const credential = attempt(findings, "credential", () => readCredential(home));
  const policy = attempt(findings, "policy", () => readPolicy(home));
  openHome(home);
  if (credential) findings.push(...(await checkServer(credential)), checkSecrecy(home));
  if (policy) findings.push(...(await checkPrograms(policy, home)), ...checkFolders(policy));
  findings.push(await checkGit(home), checkDisk(home), checkNode());
  const status = await askRunner(home, "status");
  findings.push(
    status ? ok(`running as process ${status.pid}, ${status.connection}`) : warn("the runner isn't running"),
  );
  if (line.json) say(JSON.stringify(findings, null, 2));
  else for (const { level, text } of findings) say(`${marks[level]} ${text}`);
  return findings.some(({ level }) => level === "bad") ? 1 : 0;
}

const marks: Record<Level, string> = { ok: "ok  ", warn: "warn", bad: "BAD " };
const ok = (text: string): Finding => ({ level: "ok", text });
const warn = (text: string): Finding => ({ level: "warn", text });
const bad = (text: string): Finding => ({ level: "bad", text });

function attempt<T>(findings: Finding[], what: string, read: () => T): T | null {
  try {
    const value = read();
    findings.push(ok(`${what} is there and right`));
    return value;
  } catch (error) {
    findings.push(bad(messageOf(error)));
    return null;
  }
}

async function checkServer(credential: Credential): Promise<Finding[]> {
  const clock = createServerClock();
  const api = createApi(credential.apiUrl, clock);
  try {
    await api.call("system.health", {});
  } catch (error) {
    return [bad(messageOf(error))];
  }
  const findings = [ok(`${credential.apiUrl} answers`)];
  const seconds = Math.round(Math.abs(clock.offsetMs()) / 1000);
  findings.push(
    seconds > 30 ? warn(`the clock of this machine is ${seconds} s off the server's`) : ok("the clock is right"),
  );
  try {
    await asRunner(createAccessToken(credential, api, clock), async (token) => token);
    findings.push(ok(`this machine is known as "${credential.name}", a runner of ${credential.companyName}`));
  } catch (error) {
    findings.push(bad(messageOf(error)));
  }
  findings.push(ok(`jobs are believed when signed by key ${credential.serverKey.x.slice(0, 12)}…`));
  return findings;
}

function checkSecrecy(home: RunnerHome): Finding {
  const open = [home.credentialFile, home.policyFile].filter(
    (file) => process.platform !== "win32" && existsSync(file) && (statSync(file).mode & 0o077) !== 0,
  );
  return open.length === 0 ? ok("nobody else can read the credential") : bad(`others can read ${open.join(", ")}`);
}

async function checkPrograms(policy: Policy, home: RunnerHome): Promise<Finding[]> {
  const adapters = await loadAdapters(policy, home.folder);
  const machine = { policy, env: process.env, path: process.env.PATH ?? "", folder: home.work };
  const offers = await offerAdapters(adapters, machine);
  const missing = adapters.all.filter(({ adapter }) => !offers.some(({ type }) => type === adapter.definition.type));
  return [
    ...offers.map(({ type, version }) => ok(`${type}${version ? `: ${version}` : ""}`)),
    ...missing.map(({ adapter: { definition, program } }) =>
      warn(
        `${definition.type}: ${program ? `${program.name} isn't in PATH, or not allowed` : "no program is allowed for it"}`,
      ),
    ),
    ...adapters.problems.map(bad),
    ...(offers.length === 0 ? [bad("no agent can run here")] : []),
  ];
}

const checkFolders = ({ allowedFolders }: Policy): Finding[] =>
  allowedFolders.map((folder) =>
    existsSync(folder) ? ok(`agents may work in ${folder}`) : warn(`${folder} of the policy isn't there`),
  );

async function checkGit(home: RunnerHome): Promise<Finding> {
  const { ok: isThere, stdout } = await git("version", [], { cwd: home.folder });
  return isThere ? ok(stdout.trim()) : warn("git isn't there: no clones, worktrees or differences");
}

function checkDisk(home: RunnerHome): Finding {
  const { bavail, bsize } = statfsSync(home.folder);
  const gigabytes = (bavail * bsize) / 1024 ** 3;
  const text = `${gigabytes.toFixed(1)} GB free for logs and worktrees`;
  return gigabytes < 0.5 ? bad(text) : gigabytes < 2 ? warn(text) : ok(text);
}

const checkNode = (): Finding =>
  Number(process.versions.node.split(".")[0]) >= 22
    ? ok(`Node ${process.version}`)
    : bad(`Node ${process.version}; 22 is needed`);
