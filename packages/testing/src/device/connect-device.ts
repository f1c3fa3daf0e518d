import { generateKeyPairSync, randomUUID } from "node:crypto";
import {
  type BoardroomClient,
  createClient,
  type OperationCall,
  type OperationOutput,
  type Operations,
  type RunJob,
  type SignedJobClaims,
  signedJobClaims,
} from "@boardroom/contract";
import type { TestCompany } from "../new-company.ts";
import { type DeviceSocket, openDeviceSocket } from "./device-socket.ts";
import { openJws, signJwt } from "./jws.ts";

type Said = OperationCall<Operations["runners.heartbeat"]>["body"];
export type Registration = OperationOutput<Operations["runners.register"]>;

export interface DeviceOptions {
  name?: string;
  labels?: string[];
  agentIds?: string[];
  slots?: number;
  /** Kinds of agents whose programs the machine has; `process` when left out. */
  adapters?: string[];
}

/** A machine that became a runner, as a script: it speaks the protocol and starts nothing. */
export interface TestDevice {
  id: string;
  registration: Registration;
  token: string;
  client: BoardroomClient;
  /** What it says of itself. */
  machine: Pick<Said, "host" | "adapters" | "slots">;
  /** What it signs to get a token; with claims of its own where a test wants them wrong. */
  assert(claims?: Record<string, unknown>): string;
  heartbeat(said?: Partial<Said>): Promise<OperationOutput<Operations["runners.heartbeat"]>>;
  /** Claims the next job; null when there is none. @throws Error for one that isn't signed with the pinned key */
  claim(freeSlots?: number): Promise<SignedJobClaims | null>;
  /** Claims a run. @throws Error when there is none */
  claimRun(): Promise<RunJob>;
  connect(): Promise<DeviceSocket>;
}

/** What a device registers with and keeps. */
export function makeDeviceKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { x: String(publicKey.export({ format: "jwk" }).x), privateKey };
}

export function machineOf({ name = "laptop", adapters = ["process"], slots = 2 }: DeviceOptions) {
  const host = { hostname: name, platform: "linux", arch: "x64", nodeVersion: "v24.0.0", runnerVersion: "0.1.0" };
  return { host, adapters: adapters.map((type) => ({ type, version: "1.0.0" })), slots };
}

/** Connects a machine as a person would: a code from the board, the registration, the first token. */
export async function connectDevice(company: TestCompany, options: DeviceOptions = {}): Promise<TestDevice> {
  const { url, board, cid } = company;
  const { name = null, labels = [], agentIds = null } = options;
  const { code } = await board.call("runnerCodes.create", { params: { cid }, body: { name, labels, agentIds } });
  const key = makeDeviceKey();
  const machine = machineOf(options);
  const anybody = createClient({ baseUrl: url });
  const registration = await anybody.call("runners.register", {
    body: { code: code ?? "", publicKey: key.x, ...machine },
  });
  const assert = (claims: Record<string, unknown> = {}) => {
    const iat = Math.floor(Date.now() / 1000);
    const usual = { iss: registration.runnerId, companyId: cid, aud: url, iat, exp: iat + 60, jti: randomUUID() };
    return signJwt({ ...usual, ...claims }, key.privateKey);
  };
  const { token } = await anybody.call("runners.token", { body: { assertion: assert() } });
  const client = createClient({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const device: TestDevice = {
    ...{ id: registration.runnerId, registration, token, client, machine, assert },
    heartbeat: (said = {}) => client.call("runners.heartbeat", { body: { ...machine, ...said } }),
    async claim(freeSlots = 1) {
      const { job } = await client.call("runners.claim", { body: { freeSlots } });
      return job === null ? null : signedJobClaims.parse(openJws(job, registration.serverKey));
    },
    async claimRun() {
      const claims = await device.claim();
      if (claims?.job.kind !== "run") throw new Error(`There is no run to claim: ${JSON.stringify(claims)}`);
      return claims.job;
    },
    connect: () => openDeviceSocket(url, token),
  };
  return device;
}
