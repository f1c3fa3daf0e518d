import { isUtf8 } from "node:buffer";
import { type AppendedLog, BoardroomError, parseJson, readError, runLogOperations } from "@boardroom/contract";
import { sendCapped } from "../api/send-capped.ts";
import type { RunnerParts } from "../runner-parts.ts";
import type { LogChunk } from "./log-sender.ts";
import { writeJsonText } from "./write-json-text.ts";

/** What of a chunk doesn't fit comes with the next one: the server says what it has. */
const maxBodyBytes = 192 * 1024;
const timeoutMs = 20_000;
const end = Buffer.from('"}');
const { path, output } = runLogOperations["runLogs.append"];

/**
 * Appends to a run's log, one chunk at a time. The operation written out by hand, in bytes: strings of each chunk and of its
 * JSON would be garbage of twice 128 kB, and a hundred megabytes of log would leave memory full of holes.
 * @throws BoardroomError
 */
export function createLogAppender(
  { credential, clock }: Pick<RunnerParts, "credential" | "clock">,
  { runId, token }: { runId: string; token(): string },
): (chunk: LogChunk) => Promise<AppendedLog> {
  const url = new URL(`/api${path.replace(":id", encodeURIComponent(runId))}`, credential.apiUrl).href;
  let body: Buffer | undefined;
  return async ({ seq, offset, content }) => {
    body ??= Buffer.alloc(maxBodyBytes);
    const head = body.write(`{"seq":${seq},"offset":${offset},"content":"`);
    // A file that was damaged on the disk: the server takes nothing but text.
    const text = isUtf8(content) ? content : Buffer.from(content.toString());
    const written = writeJsonText(text, body.subarray(0, maxBodyBytes - end.length), head);
    const length = written.end + end.copy(body, written.end);
    const headers = {
      authorization: `Bearer ${token()}`,
      "content-type": "application/json",
      "user-agent": "boardroom-runner",
    };
    const call = { method: "POST", url, headers, body: body.subarray(0, length) };
    const answer = await sendCapped(call, { clock, timeoutMs });
    if (answer.status !== 200) throw readError(answer);
    const { data } = output.safeParse(parseJson(answer.body));
    if (!data) throw new BoardroomError("unavailable", "A log was answered with something that Boardroom doesn't say.");
    return data;
  };
}
