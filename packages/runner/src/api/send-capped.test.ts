import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendCapped } from "./send-capped.ts";
import { createServerClock } from "./server-clock.ts";

let answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.end();
let connections = 0;
const server = createServer((request, response) => answer(response, request));
server.on("connection", () => {
  connections += 1;
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const clock = createServerClock();
const send = (call: object = {}, limits: object = {}) =>
  sendCapped({ method: "POST", url, headers: {}, ...call }, { clock, timeoutMs: 20_000, ...limits });
const unreachable = (why: RegExp) => ({
  code: "unavailable",
  message: expect.stringMatching(new RegExp(`can't be reached: .*${why.source}`)),
});

describe("a call", () => {
  it("goes out as it is, text or bytes, and its answer comes back, one call after the other on one connection", async () => {
    answer = async (response, request) => {
      response.setHeader("x-next-cursor", "next");
      response.statusCode = 201;
      response.end(`${request.method} ${request.headers.authorization} ${await text(request)}`);
    };
    connections = 0;
    const headers = { authorization: "Bearer t" };
    const expected = { status: 201, body: 'POST Bearer t {"a":"ä€😀"}', nextCursor: "next" };
    expect(await send({ headers, body: '{"a":"ä€😀"}' })).toEqual(expected);
    expect(await send({ headers, body: Buffer.from('{"a":"ä€😀"}') })).toEqual(expected);
    expect((await send({ method: "GET", headers })).body).toBe("GET Bearer t ");
    expect(connections).toBe(1);
  });

  it("isn't followed to where an answer points", async () => {
    let asked = 0;
    answer = (response) => {
      asked += 1;
      response.writeHead(307, { location: url }).end("elsewhere");
    };
    expect(await send()).toMatchObject({ status: 307, body: "elsewhere" });
    expect(asked).toBe(1);
  });

  it("is given up when no answer comes, or only half of one, in time or until it is broken off", async () => {
    answer = () => undefined;
    await expect(send({}, { timeoutMs: 200 })).rejects.toMatchObject(unreachable(/no answer within 0.2 s/));
    await expect(send({}, { signal: AbortSignal.abort() })).rejects.toMatchObject(unreachable(/aborted/));
    const aborting = new AbortController();
    answer = (response) => {
      response.write("half");
      void sleep(50).then(() => aborting.abort());
    };
    await expect(send({}, { signal: aborting.signal })).rejects.toMatchObject(unreachable(/aborted/));
    await expect(send({}, { timeoutMs: 200 })).rejects.toMatchObject(unreachable(/no answer within 0.2 s/));
  });

  it("is unavailable when the connection breaks, before an answer or within it", async () => {
    answer = (response) => response.destroy();
    await expect(send()).rejects.toMatchObject(unreachable(/hang up|ECONNRESET/));
    answer = (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    };
    await expect(send()).rejects.toMatchObject(unreachable(/aborted/));
    await expect(send({ url: "http://127.0.0.1:1/" })).rejects.toMatchObject(unreachable(/ECONNREFUSED/));
    await expect(send({ headers: { authorization: "Bearer \n" } })).rejects.toMatchObject(unreachable(/character/));
  });

  it("is broken off when its answer is larger than anything that Boardroom says", async () => {
    let isBroken = false;
    answer = (response) => {
      response.on("close", () => {
        isBroken = true;
      });
      const more = () => response.destroyed || response.write("x".repeat(65_536), more);
      more();
    };
    await expect(send()).rejects.toMatchObject(unreachable(/larger than 8 MiB/));
    await expect.poll(() => isBroken).toBe(true);
  });
});
