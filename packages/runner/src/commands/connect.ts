import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { localAdapters } from "@boardroom/adapters/local";
import { BoardroomError } from "@boardroom/contract";
import { loadAdapters } from "../adapters/load-adapters.ts";
import { offerAdapters } from "../adapters/offer-adapters.ts";
import { createApi } from "../api/api.ts";
import { createServerClock } from "../api/server-clock.ts";
import type { CommandLine } from "../cli/options.ts";
import { say } from "../cli/say.ts";
import { writeCredential } from "../credentials/credential.ts";
import { createDeviceKey } from "../credentials/device-key.ts";
import { homeOf, openHome, runnerRoot } from "../home/runner-home.ts";
import { defaultPolicy, readPolicy, writePolicy } from "../policy/load-policy.ts";
import { RunnerError } from "../runner-error.ts";
import { describeHost } from "../version.ts";
import { startCommand } from "./start.ts";

const codeForm = /^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/;

/** Exchanges a code for a credential of this device and writes down what agents may do here. */
export async function connectCommand(line: CommandLine): Promise<number> {
  const [code = ""] = line.args;
  if (!codeForm.test(code))
    throw new RunnerError("usage", "connect takes the code that the board shows: XXXX-XXXX-XXXX.");
  const url = readUrl(line.url ?? process.env.BOARDROOM_URL ?? "");
  const programs = localAdapters.flatMap(({ program }) => (program ? [program.name] : []));
  const policy = defaultPolicy(programs, {
    allowedFolders: line.allow.map((folder) => resolve(folder)),
    allowedCommands: line.allowCommand,
    ...(line.slots !== undefined && { maxSlots: line.slots }),
  });
  const slots = line.slots ?? 1;
  const root = runnerRoot(line.home);
  const machine = { policy, env: process.env, path: process.env.PATH ?? "", folder: process.cwd() };
  const adapters = await offerAdapters(await loadAdapters(policy, root), machine);
  const key = createDeviceKey();
  const answer = await createApi(url, createServerClock())
    .call("runners.register", {
      body: {
        code,
        publicKey: key.publicJwk.x,
        ...((line.name ?? hostname()) && { name: (line.name ?? hostname()).slice(0, 80) }),
        host: describeHost(),
        adapters,
        slots,
      },
    })
    .catch((error) => {
      if (error instanceof BoardroomError) throw new RunnerError("bad_credential", `Not connected: ${error.message}`);
      throw error;
    });
  const { runnerId, companyId, companyName, name, serverKey, apiUrl: audience } = answer;
  const home = homeOf(root, companyId);
  openHome(home);
  // The address that was typed, not one that the answer names: that is where the code came from.
  writeCredential(home, {
    runnerId,
    companyId,
    companyName,
    name,
    slots,
    apiUrl: url,
    audience,
    privateKey: key.pem,
    serverKey,
  });
  // Whoever connects again keeps what they allowed, unless they say otherwise now.
  const isKept = existsSync(home.policyFile) && line.allow.length === 0 && line.allowCommand.length === 0;
  if (isKept) readPolicy(home);
  else writePolicy(home, policy);
  say(`Connected: this machine is "${name}", a runner of ${companyName}.`);
  say(
    `  Agents found     ${adapters.map(({ type, version }) => (version ? `${type} (${version})` : type)).join(", ") || "none"}`,
  );
  say(`  May work in      ${[home.work, ...policy.allowedFolders].join(", ")}`);
  say(`  What they may do ${home.policyFile}`);
  if (line.noStart) {
    say("Next: `boardroom-runner start`, or `boardroom-runner service install` to start with the system.");
    return 0;
  }
  return startCommand({ ...line, command: "start", company: companyId });
}

function readUrl(url: string): string {
  const { data, isHttp } = parse(url);
  if (!data || !isHttp) throw new RunnerError("usage", `--url says where Boardroom is, by https; "${url}" doesn't.`);
  return data.origin;
}

function parse(url: string): { data: URL | null; isHttp: boolean } {
  if (!URL.canParse(url)) return { data: null, isHttp: false };
  const data = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(data.hostname);
  // Tokens go over this way: in the clear only to this very machine.
  return { data, isHttp: data.protocol === "https:" || (data.protocol === "http:" && isLocal) };
}
