import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writePrivately } from "../home-secrets.ts";

/** What the demo agent keeps of its own, as any agent's operator would: its port and its signing secrets. */
export interface DemoState {
  port: number;
  /** By agent id. */
  secrets: Record<string, string>;
  /** Agents of other companies that the demo agent plays, by their company. */
  played: Record<string, PlayedAgent>;
}

export interface PlayedAgent {
  agentId: string;
  secret: string;
}

const file = (home: string) => join(home, "demo.json");

export async function readDemoState(home: string): Promise<DemoState> {
  const text = await readFile(file(home), "utf8").catch(() => "{}");
  try {
    const { port = 0, secrets = {}, played = {} }: Partial<DemoState> = JSON.parse(text);
    return { port, secrets, played };
  } catch {
    // It can be made anew: the board rotates secrets.
    return { port: 0, secrets: {}, played: {} };
  }
}

export async function writeDemoState(home: string, state: DemoState): Promise<void> {
  await writePrivately(home, file(home), `${JSON.stringify(state, null, 2)}\n`);
}
