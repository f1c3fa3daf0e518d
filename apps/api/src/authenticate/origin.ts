import { BoardroomError } from "@boardroom/contract";

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Origins that the board is used from: the public one, and on one machine all names of that machine. */
export function boardOrigins(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  if (!loopbackNames.includes(url.hostname)) return [url.origin];
  const port = url.port === "" ? "" : `:${url.port}`;
  return loopbackNames.map((name) => `${url.protocol}//${name}${port}`);
}

/** Lets a cookie act only for a page of the board itself. @throws BoardroomError bad_origin */
export function requireBoardOrigin(request: Request, origins: readonly string[]): void {
  const origin = request.headers.get("origin");
  const isElsewhere = request.headers.get("sec-fetch-site") === "cross-site";
  if (origin === null || isElsewhere || !origins.includes(origin)) {
    throw new BoardroomError("bad_origin", "A signed-in browser may change things only from a page of the board.");
  }
}
