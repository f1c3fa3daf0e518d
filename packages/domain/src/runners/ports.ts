import type { EnvironmentReport, RunnerHint, RunnerJob } from "@boardroom/contract";

/** The hub of a company's runners. It holds connections and hints, and is no memory: what counts is in the database. */
export interface RunnerHubPort {
  /** Hands a hint to these runners; one that is away finds it when it comes. @throws when the hub can't be reached */
  tell(companyId: string, runnerIds: readonly string[], hint: RunnerHint): Promise<void>;
  /** The runners that hold a connection now. */
  online(companyId: string): Promise<readonly string[]>;
  /** Calls these runners to work and waits for the report of a test; null when none came in time. */
  awaitTest(companyId: string, wanted: AwaitedTest): Promise<EnvironmentReport | null>;
  testReported(companyId: string, testId: string, report: EnvironmentReport): Promise<void>;
  /** Closes what the runner holds, and lets it in no more. */
  revoke(companyId: string, runnerId: string): Promise<void>;
}

export interface AwaitedTest {
  testId: string;
  runnerIds: readonly string[];
  timeoutMs: number;
}

/** What stands between a server and a device that don't trust the network: codes, keys and signatures. */
export interface RunnerTrustPort {
  /** A fresh code as it is typed, and what is kept of it. */
  newCode(): Promise<{ code: string; hash: string }>;
  /** What is kept of a code, however it was typed. */
  hashOfCode(typed: string): Promise<string>;
  /** Whom an assertion claims to come from; null for what can't be one. Nothing of it is proven. */
  readAssertion(assertion: string): { companyId: string; runnerId: string } | null;
  /** Whether a device with this key made the assertion, for us, just now, and never sent it before. */
  verifyAssertion(assertion: string, publicKey: string): Promise<"proven" | "wrong" | "untimely">;
  mintRunnerToken(claims: RunnerTokenClaims): Promise<{ token: string; expiresAt: string }>;
  /** Signs a job for one runner as a compact JWS. @param jti the runner never starts the same one twice */
  signJob(runnerId: string, jti: string, job: RunnerJob): Promise<string>;
  /** What runners pin. */
  publicKey(): Promise<ServerKey>;
}

export interface RunnerTokenClaims {
  companyId: string;
  runnerId: string;
  name: string;
}

/** An Ed25519 public key as a JWK. */
export interface ServerKey {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid: string;
}
