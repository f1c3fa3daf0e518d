import type { BoardroomError } from "@boardroom/contract";
import { data, redirect } from "@remix-run/cloudflare";

/** By shape, not by class: the error may come from another copy of the contract. */
export function isBoardroomError(error: unknown): error is BoardroomError {
  return error instanceof Error && error.name === "BoardroomError" && "code" in error && "status" in error;
}

/** What an error page needs to know. */
export interface PageError {
  message: string;
  code: string;
  requestId: string | undefined;
}

/** Turns an error of the API into what Remix throws: a redirect to sign-in, or an error page with its status. */
export function toThrown(error: unknown, request: Request): unknown {
  if (!isBoardroomError(error)) return error;
  if (error.status === 401) return redirect(signInPath(request));
  const page: PageError = { message: error.message, code: error.code, requestId: error.requestId };
  return data(page, { status: error.status });
}

function signInPath(request: Request): string {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.pathname === "/") return "/sign-in";
  return `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`;
}
