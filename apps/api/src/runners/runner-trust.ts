import type { RunnerTrustPort } from "@boardroom/domain";
import { createJobSigner } from "./job-signer.ts";
import { hashOfCode, newRunnerCode } from "./runner-code.ts";
import { createRunnerTokens, type RunnerTokens } from "./runner-tokens.ts";
import { createAssertionVerifier, readAssertion } from "./verify-assertion.ts";

export interface RunnerTrustOptions {
  jwtSecret: string;
  /** 32 random bytes in base64. */
  signingKey: string;
  publicUrl: string;
}

/** Codes, device keys, short tokens and signed jobs: what stands between us and the machines of others. */
export function createRunnerTrust({
  jwtSecret,
  signingKey,
  publicUrl,
}: RunnerTrustOptions): RunnerTrustPort & RunnerTokens {
  return {
    newCode: newRunnerCode,
    hashOfCode,
    readAssertion,
    verifyAssertion: createAssertionVerifier(publicUrl),
    ...createRunnerTokens(jwtSecret),
    ...createJobSigner(signingKey),
  };
}
