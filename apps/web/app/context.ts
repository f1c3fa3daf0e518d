import type { BoardroomClient } from "@boardroom/contract";

/** What the Worker hands to every request of the board. One per request: the client carries the visitor's cookie. */
export interface BoardContext {
  /** The API, called in process. */
  api: BoardroomClient;
  /** Better Auth, called in process; its Set-Cookie headers are for the visitor. */
  auth: (path: string, init: RequestInit) => Promise<Response>;
  /** The API itself, for bodies that are no JSON; the path begins below `/api`. */
  send: (path: string, init: RequestInit) => Promise<Response>;
  env: {
    origin: string;
    /** Where a scripted agent takes webhooks, for trying things out; null where there is none. */
    demoAgentUrl: string | null;
  };
}

declare module "@remix-run/cloudflare" {
  interface AppLoadContext extends BoardContext {}
  interface Future {
    v3_singleFetch: true;
  }
}
