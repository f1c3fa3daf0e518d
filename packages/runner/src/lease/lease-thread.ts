import { parentPort, workerData } from "node:worker_threads";
import * as z from "zod";
import { createApi } from "../api/api.ts";
import { createServerClock } from "../api/server-clock.ts";
import type { ToLeaseThread } from "./lease-messages.ts";
import { createLeaseLoop } from "./renew-leases.ts";

/** A thread of its own: whatever the main one is busy with, leases are renewed. */
const { apiUrl } = z.object({ apiUrl: z.string() }).parse(workerData);
const api = createApi(apiUrl, createServerClock());
const loop = createLeaseLoop({
  renew: ({ runId, token }, usage) =>
    api.call("runs.renew", { params: { id: runId }, body: { ...(usage && { usage }) } }, { token, timeoutMs: 10_000 }),
  post: (message) => parentPort?.postMessage(message),
  now: Date.now,
});

/** Runs while there is something to keep, so that an idle runner rests. */
let ticking: NodeJS.Timeout | undefined;
parentPort?.on("message", (message: ToLeaseThread) => {
  loop.take(message);
  ticking ??= setInterval(() => {
    loop.check();
    if (loop.heldCount() > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  }, 1000);
});
