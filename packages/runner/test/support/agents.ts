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
