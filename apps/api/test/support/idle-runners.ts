import { setTimeout as sleep } from "node:timers/promises";
import { type BoardroomClient, createClient, runnerHint } from "@boardroom/contract";
import { type DeviceSocket, openDeviceSocket, type TestBoardroom, type TestCompany } from "@boardroom/testing";
import { expect } from "vitest";
import * as z from "zod";
import { createRunnerTokens } from "../../src/runners/runner-tokens.ts";

export interface IdleRunners {
  /** Lets them idle; they say `ping` as runners do. */
  idle(ms: number): Promise<void>;
  /** How many heard of work. */
  heard(): number;
  closed: Promise<number>[];
  claim(): Promise<{ job: string | null }>;
  stop(): Promise<void>;
}

/** Connects so many machines that offer `process`; registered past the API, because registering is not what is tried. */
export async function gatherIdleRunners(
  { url, addresses, ownerQuery }: Pick<TestBoardroom, "url" | "addresses" | "ownerQuery">,
  { cid, board }: TestCompany,
  { sockets, polls }: { sockets: number; polls: number },
): Promise<IdleRunners> {
  const rows = await ownerQuery<{ id: string }>(
    `insert into runners (company_id, name, public_key, host, adapters, slots)
     select $1, 'Machine ' || n, 'x', '{"hostname":"m","platform":"linux","arch":"x64","nodeVersion":"v24","runnerVersion":"0"}',
       '[{"type":"process","version":null,"label":null,"isExternal":false,"configSchema":null,"models":[]}]', 1
     from generate_series(1, $2) n returning id`,
    [cid, sockets + polls],
  );
  const trust = createRunnerTokens(addresses.jwtSecret);
  const tokens = await Promise.all(
    rows.map(async ({ id }) => (await trust.mintRunnerToken({ companyId: cid, runnerId: id, name: "Machine" })).token),
  );
  const opened: DeviceSocket[] = [];
  for (const token of tokens.slice(0, sockets)) opened.push(await openDeviceSocket(url, token));
  const pollers = tokens.slice(sockets).map((token) => startPolling(url, token));
  const clientOf = (token = ""): BoardroomClient =>
    createClient({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  await expect.poll(() => countOnline(board, cid)).toBe(tokens.length);
  return {
    async idle(ms) {
      const endAt = Date.now() + ms;
      while (Date.now() < endAt) {
        for (const socket of opened) socket.send("ping");
        await sleep(Math.min(20_000, Math.max(0, endAt - Date.now())));
      }
    },
    heard: () =>
      opened.filter(({ hints }) => hints.some(({ type }) => type === "work")).length +
      pollers.filter(({ hasHeard }) => hasHeard()).length,
    closed: opened.map(({ closed }) => closed),
    claim: () => clientOf(tokens[0]).call("runners.claim", { body: { freeSlots: 1 } }),
    async stop() {
      for (const socket of opened) socket.close();
      for (const poller of pollers) poller.stop();
    },
  };
}

async function countOnline(board: BoardroomClient, cid: string): Promise<number> {
  const machines = await board.call("runners.list", { params: { cid }, query: { limit: 200 } });
  return machines.filter(({ isOnline }) => isOnline).length;
}

/** Asks again and again, as a runner does behind a network that lets no socket through. */
function startPolling(url: string, token: string) {
  const stopped = new AbortController();
  let hasHeard = false;
  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/runners/poll`, { headers, signal: stopped.signal });
    const { hints } = z.object({ hints: z.array(runnerHint) }).parse(await answer.json());
    hasHeard ||= hints.some(({ type }) => type === "work");
  };
  void (async () => {
    while (!stopped.signal.aborted) await ask().catch(() => sleep(100));
  })();
  return { hasHeard: () => hasHeard, stop: () => stopped.abort() };
}
