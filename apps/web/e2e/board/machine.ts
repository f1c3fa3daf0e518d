import { randomUUID } from "node:crypto";
import {
  type BoardroomClient,
  createClient,
  type EnvironmentCheck,
  type EnvironmentTestJob,
  environmentTestJob,
  type RunJob,
  runJob,
  signedJobClaims,
} from "@boardroom/contract";
import { type DeviceSocket, makeDeviceKey, openDeviceSocket, openJws, signJwt } from "@boardroom/testing";
import type { z } from "zod";

export interface MachineLooks {
  name?: string;
  hostname?: string;
  slots?: number;
  /** What it offers, as type and version. */
  programs?: readonly (readonly [type: string, version: string])[];
}

/** A machine that does what a runner does on the wire, step by step as a test says. */
export interface Machine {
  runnerId: string;
  /** With the runner's token. */
  client: BoardroomClient;
  /** Takes the next run: its description, and a client with its token. */
  claim(): Promise<{ job: RunJob; api: BoardroomClient }>;
  /** Takes the next question about its environment and answers it. */
  answerTest(checks: EnvironmentCheck[]): Promise<EnvironmentTestJob>;
  /** Holds a connection, so that the board sees it online. */
  connect(): Promise<DeviceSocket>;
}

/** Registers a machine with a code that stands on the board, as `boardroom-runner connect` would. */
export async function registerMachine(url: string, code: string, looks: MachineLooks = {}): Promise<Machine> {
  const { name, hostname = "studio.local", slots = 2, programs = [["claude_local", "2.1.4"]] } = looks;
  const { x, privateKey } = makeDeviceKey();
  const anybody = createClient({ baseUrl: url });
  const { runnerId, companyId, serverKey } = await anybody.call("runners.register", {
    body: {
      code,
      publicKey: x,
      ...(name && { name }),
      host: { hostname, platform: "darwin", arch: "arm64", nodeVersion: "v24.21.0", runnerVersion: "0.1.0" },
      adapters: programs.map(([type, version]) => ({ type, version })),
      slots,
    },
  });
  const iat = Math.floor(Date.now() / 1000);
  const assertion = signJwt({ iss: runnerId, companyId, aud: url, iat, exp: iat + 60, jti: randomUUID() }, privateKey);
  const { token } = await anybody.call("runners.token", { body: { assertion } });
  const client = withBearer(url, token);
  const open = (job: string) => signedJobClaims.parse(openJws(job, serverKey)).job;
  return {
    runnerId,
    client,
    async claim() {
      const job = await claimNext(client, open, runJob);
      return { job, api: withBearer(url, job.runToken) };
    },
    async answerTest(checks) {
      const job = await claimNext(client, open, environmentTestJob);
      await client.call("runners.reportTest", { params: { id: job.testId }, body: { checks } });
      return job;
    },
    connect: () => openDeviceSocket(url, token),
  };
}

/** Claims until there is a job of this kind. */
async function claimNext<T>(client: BoardroomClient, open: (job: string) => unknown, kind: z.ZodType<T>): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { job } = await client.call("runners.claim", { body: { freeSlots: 1 } });
    const read = job === null ? undefined : kind.safeParse(open(job)).data;
    if (read) return read;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("There was nothing to claim");
}

function withBearer(baseUrl: string, token: string): BoardroomClient {
  return createClient({ baseUrl, headers: { authorization: `Bearer ${token}` } });
}
