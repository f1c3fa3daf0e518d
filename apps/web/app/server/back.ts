/** A path of this site out of a form or an address; anything that could lead elsewhere becomes the fallback. */
export function safePath(wished: unknown, fallback = "/"): string {
  if (typeof wished !== "string" || !/^\/(?![/\\])/.test(wished)) return fallback;
  const base = "http://board.invalid";
  const url = URL.canParse(wished, base) ? new URL(wished, base) : null;
  return url?.origin === base ? url.pathname + url.search : fallback;
}
