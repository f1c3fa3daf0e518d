import { startDemoAgent } from "../demo-agent/start-demo-agent.ts";
import { readDemoState, writeDemoState } from "./demo-state.ts";
import { demoUser } from "./script.ts";
import { seedDemo } from "./seed-demo.ts";
import { signInDemoUser } from "./sign-in.ts";

export interface StartDemoOptions {
  home: string;
  /** Where Boardroom is reached. */
  url: string;
  say(line: string): void;
}

export interface RunningDemo {
  signIn: { email: string; password: string };
  stop(): Promise<void>;
}

/** Runs the demo agent and sees to it that the demo company is there. A visitor may have changed anything in it. */
export async function startDemo({ home, url, say }: StartDemoOptions): Promise<RunningDemo> {
  const state = await readDemoState(home);
  const server = await startDemoAgent(state.port);
  try {
    say("Preparing the demo company …");
    const board = await signInDemoUser(url);
    await seedDemo({ board, state, agentUrl: server.url, onAgent: server.serve });
    await writeDemoState(home, { ...state, port: server.port });
  } catch (error) {
    // A demo that a visitor took apart must not keep Boardroom from starting.
    say(`The demo company stands still: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { signIn: demoUser, stop: () => server.stop() };
}
