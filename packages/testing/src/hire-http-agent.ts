import { randomBytes } from "node:crypto";
import {
  type Agent,
  type BoardroomClient,
  createClient,
  type OperationCall,
  type Operations,
} from "@boardroom/contract";
import { type AgentBehaviour, behaviours } from "./agent/behaviours.ts";
import { startAgent, type TestAgent } from "./agent/start-agent.ts";
import type { TestCompany } from "./new-company.ts";

type Draft = OperationCall<Operations["agents.create"]>["body"];

export interface HireOptions extends Omit<Partial<Draft>, "adapterConfig"> {
  /** What the agent's server does with a webhook; accepts it with 202 when left out. */
  behaviour?: AgentBehaviour;
  timeoutSec?: number;
}

export interface HiredTestAgent {
  agent: Agent;
  webhookSecret: string;
  /** The agent's own server: what it received, and how it is to behave from now on. */
  server: TestAgent;
  /** A client with a key of this agent. */
  withKey(): Promise<BoardroomClient>;
}

/** Hires an agent whose webhook is a real server in this process. */
export async function hireHttpAgent(company: TestCompany, options: HireOptions = {}): Promise<HiredTestAgent> {
  const { behaviour = behaviours.accept(), timeoutSec, ...draft } = options;
  const server = await startAgent(behaviour);
  const { webhookSecret, ...agent } = await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: {
      name: `Agent ${randomBytes(4).toString("hex")}`,
      ...draft,
      adapterConfig: { url: server.url, ...(timeoutSec && { timeoutSec }) },
    },
  });
  if (!webhookSecret) throw new Error("Hiring answered no signing secret");
  server.trust(webhookSecret);
  return {
    agent,
    webhookSecret,
    server,
    async withKey() {
      const { token } = await company.board.call("agentKeys.create", {
        params: { id: agent.id },
        body: { name: "test" },
      });
      return createClient({ baseUrl: company.url, headers: { authorization: `Bearer ${token}` } });
    },
  };
}
