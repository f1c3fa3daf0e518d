import type { RunEvent, RunLogPage, TranscriptPage } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { logPageBytes } from "../format/bytes.ts";

export type RunView =
  | { view: "transcript"; from: string; transcript: TranscriptPage }
  | { view: "events"; events: RunEvent[]; nextCursor: string | null }
  | { view: "log"; log: RunLogPage };

/** What the address asks to see of a run; unasked its transcript, and its events where it has none. */
export async function readRunView(api: AppLoadContext["api"], id: string, search: URLSearchParams): Promise<RunView> {
  const of = { params: { id } };
  const wished = search.get("view");
  const offset = readNumber(search, "offset");
  if (wished === "log") {
    return { view: "log", log: await api.call("runLogs.read", { ...of, query: { offset, limitBytes: logPageBytes } }) };
  }
  if (wished !== "events") {
    const afterSeq = readNumber(search, "after");
    const transcript = await api.call("runLogs.transcript", { ...of, query: { offset, afterSeq } });
    if (wished === "transcript" || transcript.entries.length > 0) {
      return { view: "transcript", from: `${offset} ${afterSeq}`, transcript };
    }
  }
  const cursor = search.get("cursor") ?? undefined;
  const { items, nextCursor } = await api.page("runs.events", { ...of, query: { limit: 200, cursor } });
  return { view: "events", events: items, nextCursor };
}

function readNumber(search: URLSearchParams, name: string): number {
  const text = search.get(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
