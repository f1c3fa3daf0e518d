import type { RunTails } from "./run-tails.ts";

/** Answers a request for the tail of a log; null when it is for something else. */
export async function openLogTail(request: Request, tails: () => RunTails): Promise<Response | null> {
  const url = new URL(request.url);
  const runId = /\/heartbeat-runs\/([0-9a-f-]{36})\/log\/stream$/i.exec(url.pathname)?.[1]?.toLowerCase();
  if (runId === undefined) return null;
  const [offset = "0", end] = (request.headers.get("last-event-id") ?? url.searchParams.get("offset") ?? "0").split(
    ".",
  );
  // Who has seen the end and comes again, as browsers do by themselves, is told to stay away.
  if (end !== undefined) return new Response(null, { status: 204 });
  return (await tails().open(runId, Number(offset))) ?? new Response(null, { status: 404 });
}
