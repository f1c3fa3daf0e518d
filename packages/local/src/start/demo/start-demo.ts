import { startDemoAgent } from "../demo-agent/start-demo-agent.ts";
import { readDemoState, writeDemoState } from "./demo-state.ts";
import { demoUser } from "./script.ts";
import { seedDemo } from "./seed-demo.ts";
import { signInDemoUser } from "./sign-in.ts";

export interface StartDemoOptions {
  home: string;
  say(line: string): void;
}

export interface RunningDemo {
  signIn: { email: string; password: string };
  /** Where the demo agent takes webhooks: new companies may try it. */
  agentUrl: string;
  /** Sees to it that the demo company is there. A visitor may have changed anything in it. */
  seed(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the demo agent. It stands before Boardroom does, which is told where. */
export async function startDemo({ home, say }: StartDemoOptions): Promise<RunningDemo> {
  const state = await readDemoState(home);
  const keep = () => writeDemoState(home, { ...state, port: server.port });
  const server = await startDemoAgent(state.port, (companyId, ceo) => {
    state.played[companyId] = ceo;
    keep().catch((error: unknown) => say(`The demo agent forgets ${companyId}: ${String(error)}`));
  });
  for (const [companyId, ceo] of Object.entries(state.played)) server.play(companyId, ceo);
  return {
    signIn: demoUser,
    agentUrl: server.url,
    async seed(url) {
      try {
        say("Preparing the demo company …");
        const board = await signInDemoUser(url);
        await seedDemo({ board, state, agentUrl: server.url, onAgent: server.serve });
        await keep();
      } catch (error) {
        // A demo that a visitor took apart must not keep Boardroom from starting.
        say(`The demo company stands still: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    stop: () => server.stop(),
  };
}
