import type { TestCompany } from "@boardroom/testing/company";
import { watchWorkerMemory } from "@boardroom/testing/worker-memory";

const megabytes = 1000;
const piece = new Uint8Array(256 * 1024).fill(65);

/** A file of 1 GB into a company that takes it, and into one that doesn't; and what the Worker holds meanwhile. */
export async function measureLargeUpload({ url, board, cid, owner }: TestCompany, print: (line: string) => void) {
  const params = { cid };
  const issue = await board.call("issues.create", { params, body: { title: "Attach" } });
  const address = `${url}/api/companies/${cid}/issues/${issue.id}/attachments`;
  for (const attachmentMaxBytes of [2_000_000_000, 26_214_400]) {
    await board.call("companies.update", { params, body: { attachmentMaxBytes } });
    const memory = watchWorkerMemory();
    const begunAt = performance.now();
    const sent = { bytes: 0 };
    const headers = { ...owner.headers, "x-file-name": "large.txt" };
    const init = { method: "POST", headers, body: count(sent), duplex: "half" };
    // Who goes on sending after a refusal may be cut off before they read it.
    const status = await fetch(address, init).then(
      (answer) => String(answer.status),
      () => "connection closed",
    );
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
    const limit = Math.round(attachmentMaxBytes / 1e6);
    print(
      `A file of ${megabytes} MB where ${limit} MB are allowed: ${status} after ${seconds} s and ${Math.round(sent.bytes / 1e6)} MB; the Worker's process ${memory.before} MB before, at most ${memory.stop()} MB`,
    );
  }
}

function count(sent: { bytes: number }): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      if (sent.bytes >= megabytes * 1e6) return controller.close();
      sent.bytes += piece.byteLength;
      controller.enqueue(piece);
    },
  });
}
