import { createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import type { BoardContext } from "./app/context.ts";
// @ts-expect-error made by `remix vite:build`, which writes no types
import * as build from "./build/server/index.js";

const serverBuild: ServerBuild = build;
const handle = createRequestHandler(serverBuild, "production");

/** Answers a request for a page of the board, or for its data. */
export function handleBoardRequest(request: Request, context: BoardContext): Promise<Response> {
  // A copy per request: what a page's loaders share is remembered under it.
  return handle(request, { ...context });
}

export type { BoardContext };
