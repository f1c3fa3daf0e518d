import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendRenewal } from "./send-renewal.ts";

let answer: (response: ServerResponse) => void = (response) => response.end();
const server = createServer((_request, response) => answer(response));
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const says = (status: number, body: unknown) => {
  answer = (response) => {
    response.writeHead(status, { location: "http://127.0.0.1:9/" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
};
const renew = () => sendRenewal(url, { runId: "run", token: "t" }, { inputTokens: 5 });

describe("a renewal", () => {
  it("brings what to do and the next token", async () => {
    says(200, { action: "cancel", reason: "Enough", runToken: "next", leaseExpiresAt: "", fence: 1 });
    expect(await renew()).toEqual({ action: "cancel", reason: "Enough", runToken: "next" });
  });

  it.each(["lease_lost", "not_found", "unauthenticated"])("is the last one when the server says %s", async (code) => {
    says(409, { error: "No.", code, requestId: "r" });
    await expect(renew()).rejects.toMatchObject({ judgement: "superseded" });
  });

  it("is tried again when the answer is none of Boardroom's", async () => {
    const bodies: [number, unknown][] = [
      [200, "<html>"],
      [200, "null"],
      [200, {}],
      [200, { action: "dance", runToken: "t" }],
    ];
    bodies.push(
      [200, { action: "continue", runToken: "" }],
      [404, "<html>"],
      [302, ""],
      [500, { code: "internal" }],
      [401, "[]"],
    );
    for (const [status, body] of bodies) {
      says(status, body);
      await expect(renew(), JSON.stringify(body)).rejects.toMatchObject({ judgement: "later" });
    }
    answer = (response) => response.destroy();
    await expect(renew()).rejects.toMatchObject({ judgement: "later" });
  });
});
