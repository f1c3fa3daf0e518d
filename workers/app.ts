import { createClient } from "@boardroom/contract";
import { type BoardContext, handleBoardRequest } from "@boardroom/web";
import { type Boardroom, composeBoardroom } from "./compose.ts";
import type { WorkerEnv } from "./env.ts";

let boardroom: Boardroom | undefined;

/** `/api` is the API, everything else a page of the board; static files never come here. */
export const app = {
  async fetch(request: Request, env: WorkerEnv): Promise<Response> {
    boardroom ??= composeBoardroom(env);
    const { pathname } = new URL(request.url);
    if (pathname === "/api" || pathname.startsWith("/api/")) return boardroom.api(request);
    return handleBoardRequest(request, openBoardContext(boardroom, request));
  },

  async scheduled(env: WorkerEnv): Promise<void> {
    boardroom ??= composeBoardroom(env);
    await boardroom.tick();
  },
};

/** The board's way to the API: in process, as the visitor, with the origin that the visitor's browser states. */
function openBoardContext({ api, publicUrl, demoAgentUrl }: Boardroom, request: Request): BoardContext {
  const headers: Record<string, string> = {};
  for (const name of ["cookie", "origin", "user-agent", "cf-connecting-ip"]) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return {
    api: createClient({ baseUrl: publicUrl, headers, fetch: api }),
    auth: (path, init) => api(new Request(`${publicUrl}/api/auth${path}`, init)),
    send: (path, init) =>
      api(
        new Request(`${publicUrl}/api${path}`, {
          ...init,
          headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
        }),
      ),
    env: { origin: publicUrl, demoAgentUrl },
  };
}
