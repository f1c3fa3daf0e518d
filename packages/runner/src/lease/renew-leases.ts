import type { Renewal, Usage } from "@boardroom/contract";
import type { FromLeaseThread, LeaseOfRun, ToLeaseThread } from "./lease-messages.ts";
import { RenewalFailed } from "./send-renewal.ts";

export interface LeaseLoopPorts {
  /** @throws RenewalFailed */
  renew(lease: LeaseOfRun, usage: Usage | undefined): Promise<Pick<Renewal, "action" | "reason" | "runToken">>;
  post(message: FromLeaseThread): void;
  /** Wall clock: it goes on while the machine sleeps, which monotonic ones don't. */
  now(): number;
}

interface Held extends LeaseOfRun {
  /** By this machine's clock; counted from when the last successful renewal was sent, so never too long. */
  until: number;
  renewAt: number;
  failures: number;
  isRenewing: boolean;
  isWanted: boolean;
  usage: Usage | undefined;
}

/** A lease of 90 s is renewed every 25 s. */
const renewalsPerLease = 3.6;

/** Keeps leases. `check` is to be called every second or so: it also notices that the machine slept. */
export function createLeaseLoop({ renew, post, now }: LeaseLoopPorts) {
  const held = new Map<string, Held>();
  const lose = (lease: Held, reason: "superseded" | "lease_over") => {
    if (held.get(lease.runId) !== lease) return;
    held.delete(lease.runId);
    post({ type: "lost", runId: lease.runId, reason });
  };
  const renewNow = async (lease: Held) => {
    if (lease.isRenewing) {
      lease.isWanted = true;
      return;
    }
    Object.assign(lease, { isRenewing: true, isWanted: false });
    const sentAt = now();
    try {
      const { runToken: token, action, reason } = await renew(lease, lease.usage);
      if (held.get(lease.runId) !== lease) return;
      // Asleep, or cut off, past the lease while the answer was under way: it says what was, not what is.
      if (now() >= sentAt + lease.leaseSeconds * 1000) return lose(lease, "lease_over");
      Object.assign(lease, { token, failures: 0, until: sentAt + lease.leaseSeconds * 1000 });
      lease.renewAt = sentAt + (lease.leaseSeconds * 1000) / renewalsPerLease;
      post({ type: "renewed", runId: lease.runId, token, action, reason });
    } catch (error) {
      if (error instanceof RenewalFailed && error.judgement === "superseded") return lose(lease, "superseded");
      lease.failures += 1;
      lease.renewAt = now() + Math.min(5000, 500 * 2 ** lease.failures);
    } finally {
      lease.isRenewing = false;
    }
    if (lease.isWanted && held.get(lease.runId) === lease) await renewNow(lease);
  };
  const check = () => {
    for (const lease of held.values()) {
      if (now() >= lease.until) lose(lease, "lease_over");
      else if (now() >= lease.renewAt && !lease.isRenewing) void renewNow(lease);
    }
  };
  const take = (message: ToLeaseThread) => {
    if (message.type === "hold") {
      const until = now() + message.lease.leaseSeconds * 1000;
      const rest = { failures: 0, isRenewing: false, isWanted: false, usage: undefined };
      const lease: Held = { ...message.lease, until, renewAt: now(), ...rest };
      held.set(lease.runId, lease);
      void renewNow(lease);
      return;
    }
    const lease = held.get(message.runId);
    if (!lease) return;
    if (message.type === "release") held.delete(message.runId);
    else if (message.type === "usage") lease.usage = message.usage;
    else void renewNow(lease);
  };
  return { take, check, heldCount: () => held.size };
}
