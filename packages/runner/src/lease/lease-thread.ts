import { parentPort, workerData } from "node:worker_threads";
import type { ToLeaseThread } from "./lease-messages.ts";
import { createLeaseLoop } from "./renew-leases.ts";
import { sendRenewal } from "./send-renewal.ts";

/** A thread of its own: whatever the main one is busy with, leases are renewed. */
const apiUrl = String(workerData);
const loop = createLeaseLoop({
  renew: (lease, usage) => sendRenewal(apiUrl, lease, usage),
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
