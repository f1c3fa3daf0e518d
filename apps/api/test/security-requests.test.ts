import { type OperationId, operationIds } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Call,
  callersOf,
  declared,
  forEachOf,
  guardedIds,
  paramNames,
  paramsOf,
  pathOf,
  sendCall,
} from "./support/calls.ts";
import { readError, refusalOf, type Sent, send } from "./support/send.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

/** A call that only names what is there, by the first caller that it is for. */
function plainCall(id: OperationId): Call {
  const [as = "session"] = callersOf(id);
  return { id, params: paramsOf(id, tenant.ids), query: {}, body: {}, headers: tenant.headers[as] };
}

const writing = guardedIds.filter((id) => declared(id).method !== "GET");
const paged = operationIds.filter((id) => declared(id).paged);

async function expectRefusal(wanted: string, ids: readonly OperationId[], sent: () => Sent): Promise<void> {
  await forEachOf(ids, 8, async (id) => {
    const answer = await sendCall(boardroom.url, plainCall(id), { body: undefined, ...sent() });
    expect([id, refusalOf(answer, id)]).toEqual([id, wanted]);
  });
}

const json = { "content-type": "application/json" };
const large = `{"title":"${"x".repeat(1_100_000)}"}`;
const stream = () =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let sent = 0; sent < large.length; sent += 65_536)
        controller.enqueue(new TextEncoder().encode(large.slice(sent, sent + 65_536)));
      controller.close();
    },
  });

describe("every operation that takes a body refuses", () => {
  const refusals: [string, string, () => Sent][] = [
    ["malformed JSON", "400 malformed_json", () => ({ raw: '{"title":', headers: json })],
    [
      "text that is not UTF-8",
      "400 malformed_json",
      () => ({ raw: new Uint8Array([0x22, 0xff, 0x22]), headers: json }),
    ],
    [
      "text that is not JSON",
      "415 unsupported_media_type",
      () => ({ raw: "a=b", headers: { "content-type": "text/plain" } }),
    ],
    ["a form", "415 unsupported_media_type", () => ({ raw: new URLSearchParams({ title: "x" }) })],
    ["an upload", "415 unsupported_media_type", () => ({ raw: form() })],
    ["an oversized body", "413 payload_too_large", () => ({ raw: large, headers: json })],
    ["an oversized body of unknown length", "413 payload_too_large", () => ({ raw: stream(), headers: json })],
    ["a list", "400 invalid_request", () => ({ body: [] })],
    ["null", "400 invalid_request", () => ({ raw: "null", headers: json })],
    ["a text", "400 invalid_request", () => ({ body: "x" })],
    ["JSON of 100,000 levels", "400 invalid_request", () => ({ raw: "[".repeat(100_000), headers: json })],
  ];
  it.each(refusals)("%s with %s", (_, wanted, sent) => expectRefusal(wanted, writing, sent));

  it("an unknown field, and says which", async () => {
    await forEachOf(writing, 8, async (id) => {
      const answer = await sendCall(boardroom.url, plainCall(id), { body: { titel: 1 } });
      expect([id, refusalOf(answer, id)]).toEqual([id, "400 invalid_request"]);
      expect(readError(answer).details, id).toContainEqual({ path: "titel", message: expect.any(String) });
    });
  });
});

function form(): FormData {
  const data = new FormData();
  data.set("title", "x");
  return data;
}

describe("every operation refuses", () => {
  it("an unknown query parameter, and says which", async () => {
    await forEachOf(operationIds, 8, async (id) => {
      const answer = await sendCall(boardroom.url, { ...plainCall(id), query: { colour: "red" } });
      expect([id, refusalOf(answer, id)]).toEqual([id, "400 invalid_request"]);
      expect(readError(answer).details, id).toContainEqual({ path: "colour", message: expect.any(String) });
    });
  });

  it("ids that are none", { timeout: 180_000 }, async () => {
    const hostile = ["x", "..%2f..%2fetc", "' or 1=1 --", "\u{1f600}", "ACME-0", "a".repeat(5000)];
    await forEachOf(guardedIds, 8, async (id) => {
      // A document that isn't there yet may get any name of its form.
      const names = paramNames(id).filter((name) => id !== "documents.put" || name !== "key");
      for (const name of names) {
        for (const value of [...hostile, `${tenant.ids.issue} `]) {
          const call = plainCall(id);
          const answer = await sendCall(boardroom.url, { ...call, params: { ...call.params, [name]: value } });
          expect([id, value, refusalOf(answer, id)]).toEqual([id, value, "404 not_found"]);
        }
      }
    });
  });

  it("other methods on its path with 405, and says which there are", async () => {
    const patterns = operationIds.map((id) => {
      const form = declared(id).path.replace(/:[a-zA-Z]+/g, "[^/]+");
      return { method: declared(id).method, form: new RegExp(`^${form}$`) };
    });
    await forEachOf(operationIds, 8, async (id) => {
      const path = pathOf(id, paramsOf(id, tenant.ids));
      const methods = new Set(patterns.filter(({ form }) => form.test(path)).map(({ method }) => method as string));
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].filter((each) => !methods.has(each))) {
        const answer = await send(boardroom.url, method, path, { headers: tenant.headers.session });
        expect([id, method, refusalOf(answer, id)]).toEqual([id, method, "405 method_not_allowed"]);
        expect(new Set(answer.headers.get("allow")?.split(", ")), id).toEqual(methods);
      }
    });
  });
});

it("paths that nothing is at are not found, with or without a key", async () => {
  const { cid, ids } = tenant;
  for (const path of [
    "",
    "/",
    "/nothing",
    "/companies/",
    `/companies/${cid}/`,
    `/companies/${cid}/nothing`,
    "//companies",
  ]) {
    for (const headers of [{}, tenant.headers.session]) {
      const answer = await send(boardroom.url, "GET", path, { headers });
      expect([path, refusalOf(answer, path)]).toEqual([path, "404 not_found"]);
    }
  }
  for (const id of ["%", "%00", "%ff", "%ED%A0%80", "%2", "..%2f..", "%u0000", ";id=1", "a".repeat(20_000)]) {
    for (const path of [`/goals/${id}`, `/issues/${id}/comments/${id}`, `/companies/${id}/issues`]) {
      const answer = await send(boardroom.url, "GET", path, { headers: tenant.headers.session });
      expect([path, refusalOf(answer, path)]).toEqual([path, "404 not_found"]);
    }
  }
  for (const path of [`/issues/${ids.issue}/..%2f..%2fcompanies`, `/agents/${ids.agent}/keys/`, "/Companies"]) {
    const answer = await send(boardroom.url, "POST", path, { headers: tenant.headers.session, body: {} });
    expect([path, refusalOf(answer, path)]).toEqual([path, "404 not_found"]);
  }
});

describe("every list refuses", () => {
  it.each(["0", "201", "-1", "1.5", "abc", "1e9", "99999999999999999999", "", " ", "0x10x", "NaN"])(
    "the limit %j",
    async (limit) => {
      await forEachOf(paged, 8, async (id) => {
        const answer = await sendCall(boardroom.url, { ...plainCall(id), query: { limit } });
        expect([id, refusalOf(answer, id)]).toEqual([id, "400 invalid_request"]);
      });
    },
  );

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const cursors = [
    "junk",
    "%00",
    "a".repeat(401),
    encode({}),
    encode([]),
    encode(["x", "y", "z"]),
    encode([null]),
    encode([{ toString: 1 }]),
    encode([["a"], ["b"]]),
    encode(["' or 1=1 --"]),
    encode(["00000000-0000-0000-0000-00000000000g"]),
    encode(["1", "2", "3", "4", "5"]),
    Buffer.from("[".repeat(300)).toString("base64url"),
  ];
  it.each(cursors)("the cursor %s", async (cursor) => {
    await forEachOf(paged, 8, async (id) => {
      const [as = "session"] = callersOf(id);
      const answer = await sendCall(boardroom.url, {
        ...plainCall(id),
        headers: tenant.headers[as],
        query: { cursor },
      });
      expect([id, refusalOf(answer, id)]).toEqual([id, "400 invalid_request"]);
    });
  });
});
