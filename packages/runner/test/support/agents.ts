import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Agent, Issue } from "@boardroom/contract";
import type { TestCompany } from "@boardroom/testing";
import type { TestMachine } from "./machine.ts";

/** Hires an agent that is a script of Node on a machine. */
export async function hireScript(
  { board, cid }: TestCompany,
  machine: TestMachine,
  script: string,
  config: object = {},
): Promise<Agent> {
  const file = join(machine.projects, `agent-${randomBytes(4).toString("hex")}.mjs`);
  writeFileSync(file, script);
  return board.call("agents.create", {
    params: { cid },
    body: {
      name: `Script ${randomBytes(4).toString("hex")}`,
      adapterType: "process",
      adapterConfig: { command: process.execPath, args: [file], graceSec: 1, ...config },
    },
  });
}

/** Gives an agent something to do. */
export const assign = ({ board, cid }: TestCompany, agent: Agent, body: { title?: string; projectId?: string } = {}) =>
  board.call("issues.create", {
    params: { cid },
    body: { title: "Do it", status: "todo", assigneeAgentId: agent.id, ...body },
  });

/** The runs of an issue, the newest first. */
export const runsOf = ({ board }: TestCompany, { id }: Issue) => board.call("issues.runs", { params: { id } });

/** A script that writes its own and its children's pids to a file, waits until another file is there, and ends; `last` is done in between. */
export const waitingScript = (pids: string, go: string, extra = "", last = "") => `
  import { spawn } from "node:child_process";
  import { appendFileSync, existsSync } from "node:fs";
  const pids = [process.pid];
  ${extra}
  appendFileSync(${JSON.stringify(pids)}, pids.join("\\n") + "\\n");
  console.log("waiting");
  while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 30));
  ${last}
  console.log(JSON.stringify({ boardroom: { status: "succeeded", summary: "Went on." } }));
  process.exit(0);`;

/** For `waitingScript`: it and two children, one of which leaves the group, ignore every polite signal. */
export const stubborn = `
  const deaf = "for (const s of ['SIGTERM','SIGINT','SIGHUP']) process.on(s, () => {}); setInterval(() => {}, 1000);";
  for (const s of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(s, () => {});
  for (const detached of [false, true]) pids.push(spawn(process.execPath, ["-e", deaf], { detached, stdio: "ignore" }).pid);`;
