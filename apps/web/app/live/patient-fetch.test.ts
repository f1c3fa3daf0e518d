import { expect, it, vi } from "vitest";
import { makePatient } from "./patient-fetch.ts";

const away = new TypeError("Failed to fetch");

it("asks for a page's data until the network is back", async () => {
  const send = vi.fn<typeof fetch>().mockRejectedValueOnce(away).mockRejectedValueOnce(away);
  send.mockResolvedValue(new Response("here"));
  const answer = await makePatient(send, 1)("http://board/acme/issues.data?_routes=a");
  expect([await answer.text(), send.mock.calls.length]).toEqual(["here", 3]);
});

it("sends a form once, and asks nothing again for a page that was left", async () => {
  const send = vi.fn<typeof fetch>().mockRejectedValue(away);
  const patient = makePatient(send, 1);
  await expect(patient("/acme/issues/new.data", { method: "POST" })).rejects.toBe(away);
  await expect(patient("/api/health")).rejects.toBe(away);
  await expect(patient("/acme.data", { signal: AbortSignal.abort() })).rejects.toBe(away);
  expect(send).toHaveBeenCalledTimes(3);
});
