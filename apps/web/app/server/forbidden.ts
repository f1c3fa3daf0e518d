import { isBoardroomError } from "./errors.ts";

/** Nothing to show, where the visitor's role may not see it; any other error stays one. */
export function forbiddenIsNone(error: unknown): never[] {
  if (isBoardroomError(error) && error.status === 403) return [];
  throw error;
}
