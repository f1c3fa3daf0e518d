import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import {
  type BoardroomClient,
  createClient,
  type EnvironmentCheck,
  type EnvironmentTestJob,
  environmentTestJob,
  type RunJob,
  runJob,
} from "@boardroom/contract";
import * as z from "zod";

export interface DeviceOptions {
  name?: string;
  hostname?: string;
  platform?: string;
  slots?: number;
  /** What it offers, as type and version. */
  programs?: readonly (readonly [type: string, version: string])[];
}

/** A machine that does what a runner does on the wire, step by step as a test says. */
export interface Device {
  runnerId: string;
  /** With the runner's token. */
  client: BoardroomClient;
  /** Takes the next run: its description, and a client with its token. */
  claim(): Promise<{ job: RunJob; api: BoardroomClient }>;
  /** Takes the next question about its environment and answers it. */
  answerTest(checks: EnvironmentCheck[]): Promise<EnvironmentTestJob>;
  /** Holds a connection, so that the board sees it online. */
  connect(): Promise<{ close(): void }>;
}

/** Registers a device with a code, as `boardroom-runner connect` would. */
export async function registerDevice(url: string, code: string, options: DeviceOptions = {}): Promise<Device> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const { hostname = "studio.local", platform = "darwin", slots = 2, programs = [["claude_local", "2.1.4"]] } = options;
  const { runnerId, companyId, apiUrl } = await createClient({ baseUrl: url }).call("runners.register", {
    body: {
      code,
      publicKey: x,
      ...(options.name && { name: options.name }),
      host: { hostname, platform, arch: "arm64", nodeVersion: "v24.21.0", runnerVersion: "0.1.0" },
      adapters: programs.map(([type, version]) => ({ type, version })),
      slots,
    },
  });
  const assertion = signAssertion(privateKey, { iss: runnerId, companyId, aud: new URL(apiUrl).origin });
  const { token } = await createClient({ baseUrl: url }).call("runners.token", { body: { assertion } });
  const client = withBearer(url, token);
  return {
    runnerId,
    client,
    async claim() {
      const job = await claimNext(client, runJob);
      return { job, api: withBearer(url, job.runToken) };
    },
    async answerTest(checks) {
      const job = await claimNext(client, environmentTestJob);
      await client.call("runners.reportTest", { params: { id: job.testId }, body: { checks } });
      return job;
    },
    connect: () => openSocket(url, token),
  };
}

/** Claims until there is a job of this kind. */
async function claimNext<T>(client: BoardroomClient, kind: z.ZodType<T>): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { job } = await client.call("runners.claim", { body: { freeSlots: 1 } });
    const read = job === null ? undefined : kind.safeParse(payloadOf(job).job).data;
    if (read) return read;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("There was nothing to claim");
}

function withBearer(baseUrl: string, token: string): BoardroomClient {
  return createClient({ baseUrl, headers: { authorization: `Bearer ${token}` } });
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signAssertion(key: KeyObject, claims: { iss: string; companyId: string; aud: string }): string {
  const iat = Math.floor(Date.now() / 1000);
  const head = `${encode({ alg: "EdDSA", typ: "JWT" })}.${encode({ ...claims, iat, exp: iat + 50, jti: randomUUID() })}`;
  return `${head}.${sign(null, Buffer.from(head), key).toString("base64url")}`;
}

const claimsSchema = z.object({ job: z.unknown() });

/** What a job says; that its signature holds is for the runner's own tests. */
function payloadOf(jws: string): z.infer<typeof claimsSchema> {
  return claimsSchema.parse(JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()));
}

async function openSocket(url: string, token: string): Promise<{ close(): void }> {
  const address = `${url.replace(/^http/, "ws")}/api/runners/connect`;
  // Node's WebSocket takes headers, which the browser's type of it doesn't know.
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } } as never);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error("The connection was refused")), { once: true });
  });
  return socket;
}
