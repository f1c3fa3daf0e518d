import { type RunnerJob, signedJobClaims } from "@boardroom/contract";
import { compactVerify, importJWK, type JWK } from "jose";
import * as z from "zod";
import { RunnerError } from "../runner-error.ts";
import type { SeenJobs } from "./seen-jobs.ts";

export interface JobCheck {
  /** The key that was pinned when this device was registered. */
  serverKey: JWK;
  runnerId: string;
  nowMs: number;
  seen: SeenJobs;
}

const envelope = z.object({ aud: z.string(), jti: z.string().min(1).max(300), iat: z.number(), exp: z.number() });
const toleranceSec = 30;

/**
 * The job of a compact JWS, once it is sure that our server signed it, for us, just now, and for the first time. Nothing of
 * it is looked at before its signature is verified.
 * @throws RunnerError job_refused, with the reason
 */
export async function verifyJob(jws: string, { serverKey, runnerId, nowMs, seen }: JobCheck): Promise<RunnerJob> {
  const key = await importJWK(serverKey, "EdDSA");
  const verified = await compactVerify(jws, key, { algorithms: ["EdDSA", "Ed25519"] }).catch((cause) => {
    throw new RunnerError("job_refused", "The job isn't signed with the server's key.", { cause });
  });
  const claims = parse(verified.payload);
  const outer = envelope.safeParse(claims);
  if (!outer.success) throw refused("The job says not for whom and until when it is");
  const { aud, jti, iat, exp } = outer.data;
  const now = nowMs / 1000;
  if (aud !== runnerId) throw refused("The job is for another runner");
  if (exp + toleranceSec < now) throw refused("The job is too old");
  if (iat - toleranceSec > now) throw refused("The job is from the future; is the clock of this machine right?");
  const whole = signedJobClaims.safeParse(claims);
  if (!whole.success) throw refused("The job isn't shaped as this runner knows it; is there a newer version?");
  if (!seen.add(jti, (exp + toleranceSec) * 1000)) throw refused("The job was given out before");
  return whole.data.job;
}

const refused = (message: string) => new RunnerError("job_refused", `${message}.`);

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}
