import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Attachment, createClient } from "@boardroom/contract";
import { type TestCompany, useOwnBoardroom, watchWorkerMemory } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { print } from "./support/print.ts";
import { type Answer, readBody, refusalOf, send } from "./support/send.ts";

const boardroom = useOwnBoardroom({ servesFiles: false });
let company: TestCompany;
let issueId: string;
let path: string;
beforeAll(async () => {
  company = await boardroom.newCompany();
  const issue = await company.board.call("issues.create", { params: { cid: company.cid }, body: { title: "Files" } });
  issueId = issue.id;
  path = `/companies/${company.cid}/issues/${issue.identifier}/attachments`;
});

const session = () => company.owner.headers;
const upload = (raw: BodyInit, name = "notes.txt", headers: Record<string, string> = {}) =>
  send(boardroom.url, "POST", path, {
    headers: { ...session(), "x-file-name": encodeURIComponent(name), ...headers },
    raw,
  });
const uploaded = (answer: Answer): Attachment => {
  expect([answer.status, answer.status < 400 || answer.text]).toEqual([201, true]);
  return readBody(answer) as Attachment;
};
const read = (file: Attachment, headers: Record<string, string> = {}) =>
  fetch(`${boardroom.url}${file.contentPath}`, { headers: { ...session(), ...headers } });
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const piece = Buffer.alloc(64 * 1024, "a");
const countObjects = async () =>
  (await boardroom.ownerQuery("select 1 from attachment_objects where company_id = $1", [company.cid])).length;
const countFiles = async () => (await company.board.call("attachments.list", { params: { id: issueId } })).length;

/** Whatever the test does, in the end there are as many objects as before, and as many files. */
async function leavesNothing(work: () => Promise<unknown>): Promise<void> {
  const before = [await countObjects(), await countFiles()];
  await work();
  await expect.poll(async () => [await countObjects(), await countFiles()]).toEqual(before);
}

describe("a file", () => {
  it("comes back byte for byte, whole, in parts and not at all when it is known", async () => {
    // Larger than two parts of a multipart upload, so that all ways are gone.
    const bytes = randomBytes(11 * 1024 * 1024 + 7);
    const file = uploaded(await upload(bytes, "große Datei.bin"));
    expect(file).toMatchObject({
      byteSize: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentType: "application/octet-stream",
    });
    const whole = await read(file);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-disposition": `attachment; filename="gro_e Datei.bin"; filename*=UTF-8''gro%C3%9Fe%20Datei.bin`,
      "content-type": "application/octet-stream",
      "content-length": String(bytes.length),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "cache-control": "private, max-age=86400, immutable",
      "cross-origin-resource-policy": "same-origin",
    });
    const part = await read(file, { range: "bytes=5242879-5242890" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 5242879-5242890/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(5242879, 5242891))).toBe(true);
    const end = await read(file, { range: "bytes=-3" });
    expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-3))).toBe(true);
    expect((await read(file, { range: `bytes=${bytes.length}-` })).status).toBe(416);
    expect((await read(file, { range: "bytes=0-1,5-6" })).status).toBe(200);
    const known = await read(file, { "if-none-match": whole.headers.get("etag") ?? "" });
    expect([known.status, await known.text()]).toEqual([304, ""]);
  });

  it("comes out of a browser's form, after other fields, with the name as it was", async () => {
    const form = new FormData();
    form.set("intent", "attach");
    form.set("file", new Blob(["a\r\n--b\r\n\r\n--not-the-end"]), 'say "hi".txt');
    form.set("later", "x");
    const file = uploaded(await send(boardroom.url, "POST", path, { headers: session(), raw: form }));
    expect(file).toMatchObject({ originalFilename: "say _hi_.txt", contentType: "text/plain" });
    expect(await (await read(file)).text()).toBe("a\r\n--b\r\n\r\n--not-the-end");
  });

  it("is shown in a page only when it is a harmless picture", async () => {
    const dispositionOf = async (bytes: BodyInit, name: string) => {
      const answer = await read(uploaded(await upload(bytes, name)));
      await answer.arrayBuffer();
      return `${answer.headers.get("content-disposition")?.split(";")[0]} ${answer.headers.get("content-type")}`;
    };
    expect(await dispositionOf(png, "dot.png")).toBe("inline image/png");
    expect(await dispositionOf("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg")).toBe(
      "attachment text/plain; charset=utf-8",
    );
    expect(await dispositionOf("<!doctype html><script>alert(1)</script>", "a.html")).toBe(
      "attachment text/plain; charset=utf-8",
    );
    expect(await dispositionOf("%PDF-1.7\n<script>alert(1)</script>", "a.html")).toBe("attachment application/pdf");
    expect(await dispositionOf("GIF89a/*<script>*/=alert(1)", "a.js")).toBe("inline image/gif");
  });

  it("is the same file for the same call again under one key", async () => {
    const key = { "idempotency-key": "upload-1" };
    const first = uploaded(await upload("once", "once.txt", key));
    expect(uploaded(await upload("once", "once.txt", key))).toEqual(first);
    expect(refusalOf(await upload("other", "once.txt", key))).toBe("409 idempotency_mismatch");
  });

  it("can't be read, added or deleted by another company, nor deleted by an agent that didn't attach it", async () => {
    const file = uploaded(await upload("mine"));
    const stranger = await boardroom.newCompany();
    const { headers } = stranger.owner;
    const content = await send(boardroom.url, "GET", `/attachments/${file.id}/content`, { headers });
    expect(refusalOf(content)).toBe("404 not_found");
    expect(refusalOf(await send(boardroom.url, "GET", `/attachments/${file.id}/content`))).toBe("401 unauthenticated");
    expect(refusalOf(await send(boardroom.url, "DELETE", `/attachments/${file.id}`, { headers }))).toBe(
      "404 not_found",
    );
    const named = { ...headers, "x-file-name": "a" };
    expect(refusalOf(await send(boardroom.url, "POST", path, { headers: named, raw: "x" }))).toBe("404 not_found");
    const mixed = `/companies/${stranger.cid}/issues/${issueId}/attachments`;
    expect(refusalOf(await send(boardroom.url, "POST", mixed, { headers: named, raw: "x" }))).toBe("404 not_found");
    const agent = await boardroom.hireHttpAgent(company);
    const key = await company.board.call("agentKeys.create", { params: { id: agent.agent.id }, body: { name: "k" } });
    const bearer = { authorization: `Bearer ${key.token}` };
    expect(refusalOf(await send(boardroom.url, "DELETE", `/attachments/${file.id}`, { headers: bearer }))).toBe(
      "403 forbidden",
    );
    const own = uploaded(
      await send(boardroom.url, "POST", path, { headers: { ...bearer, "x-file-name": "a" }, raw: "x" }),
    );
    expect(own.createdByAgentId).toBe(agent.agent.id);
    await createClient({ baseUrl: boardroom.url, headers: bearer }).call("attachments.delete", {
      params: { id: own.id },
    });
    expect((await read(own)).status).toBe(404);
  });
});

/** Who still sends while the answer comes may be cut off before they read it; then they ask again. */
async function untilAnswered(ask: () => Promise<Answer>, tries = 8): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (tries === 1) throw error;
    return untilAnswered(ask, tries - 1);
  }
}

describe("an upload that is refused", () => {
  it.each([
    ["without a name", "x", { "x-file-name": "" }, "400 invalid_request"],
    ["that is empty", "", {}, "400 invalid_request"],
    ["of a page that calls itself a picture", "<html>", { "x-file-name": "cat.png" }, "415 unsupported_media_type"],
    [
      "of a form without a file",
      "--x\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--x--",
      { "content-type": "multipart/form-data; boundary=x" },
      "400 invalid_request",
    ],
    [
      "of a form that breaks off",
      '--x\r\ncontent-disposition: form-data; filename="a"\r\n\r\nabc',
      { "content-type": "multipart/form-data; boundary=x" },
      "400 invalid_request",
    ],
    [
      "of what is no form",
      "y".repeat(100_000),
      { "content-type": "multipart/form-data; boundary=x" },
      "400 invalid_request",
    ],
    [
      "of headers without an end",
      `--x\r\n${"h: v\r\n".repeat(50_000)}`,
      { "content-type": "multipart/form-data; boundary=x" },
      "400 invalid_request",
    ],
    ["from another site", "x", { origin: "https://evil.example" }, "403 bad_origin"],
  ])("%s leaves nothing", async (_, body, headers, refusal) => {
    await leavesNothing(async () => expect(refusalOf(await upload(body, "a.txt", headers))).toBe(refusal));
  });

  it.each([
    "../../../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "\u202Egnp.exe",
    'a"; filename="b',
    "x".repeat(1000),
    "\u0000",
    "CON",
    "%2e%2e%2fetc",
    "日本語.txt",
  ])("is not refused for a name like %j, which is cleaned and breaks no header", async (name) => {
    const file = uploaded(await upload("text", name));
    expect(file.originalFilename).not.toMatch(/[/\\"\p{Cc}\p{Cf}]/u);
    expect([...file.originalFilename].length).toBeLessThanOrEqual(200);
    const answer = await read(file);
    expect(await answer.text()).toBe("text");
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="[^"]{1,200}"; filename\*=UTF-8''[\w.%~-]+$/,
    );
  });

  it("for its length says so at once when it states it, and on the way when it doesn't", async () => {
    await company.board.call("companies.update", {
      params: { cid: company.cid },
      body: { attachmentMaxBytes: 6_000_000 },
    });
    await leavesNothing(async () => {
      const stated = await untilAnswered(() => upload(Buffer.alloc(6_000_001)));
      expect([refusalOf(stated), readBody(stated)]).toMatchObject([
        "413 payload_too_large",
        { details: { maxBytes: 6_000_000 } },
      ]);
      const endless = () => {
        let sent = 0;
        return new ReadableStream({
          pull(controller) {
            // More than the Worker would drop before it answers.
            if (sent++ < 140) controller.enqueue(piece);
            else controller.close();
          },
        });
      };
      expect(refusalOf(await untilAnswered(() => upload(endless())))).toBe("413 payload_too_large");
      const form = new FormData();
      form.set("file", new Blob([Buffer.alloc(6_000_001)]), "a.bin");
      const sendForm = () => send(boardroom.url, "POST", path, { headers: session(), raw: form });
      expect(refusalOf(await untilAnswered(sendForm))).toBe("413 payload_too_large");
    });
    expect(uploaded(await upload(Buffer.alloc(6_000_000), "exact.bin")).byteSize).toBe(6_000_000);
  });

  it("because the line went dead, or because it was shorter than it said, leaves nothing", async () => {
    await leavesNothing(async () => {
      const url = new URL(boardroom.url);
      const head = [`POST /api${path} HTTP/1.1`, `host: ${url.host}`, "x-file-name: a.bin", "content-length: 5900000"];
      for (const [name, value] of Object.entries(session())) head.push(`${name}: ${value}`);
      const socket = connect(Number(url.port), url.hostname);
      socket.on("error", () => undefined);
      socket.write(`${head.join("\r\n")}\r\n\r\n`);
      socket.write(Buffer.alloc(3_000_000));
      await expect.poll(countObjects).toBeGreaterThan(0);
      await sleep(100);
      socket.destroy();
    });
  });

  it("for its length is cut off soon, however long it would be", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => (sent++ < 4000 ? controller.enqueue(piece) : controller.close()),
    });
    // Who goes on sending after the answer may be cut off before they read it.
    const outcome = await upload(endless).then(refusalOf, () => "cut off");
    expect(["413 payload_too_large", "cut off"]).toContain(outcome);
    expect(sent).toBeLessThan(1000);
  });
});

it.runIf(process.platform === "linux")("a long file takes a small part of its length in memory", async () => {
  const [attachmentMaxBytes, length] = [1_000_000_000, 3200 * piece.length];
  await company.board.call("companies.update", { params: { cid: company.cid }, body: { attachmentMaxBytes } });
  const memory = watchWorkerMemory();
  let sent = 0;
  const long = new ReadableStream({
    pull: (controller) => (sent++ < 3200 ? controller.enqueue(piece) : controller.close()),
  });
  const file = uploaded(await upload(long, "long.bin"));
  const most = memory.stop();
  print(`An upload of ${length / 1e6} MB: the Worker's process ${memory.before} MB before, at most ${most} MB`);
  expect(file.byteSize).toBe(length);
  expect((most - memory.before) * 1e6).toBeLessThan(length);
});

it("a zip bomb is a small file and stays one", async () => {
  const bomb = Buffer.concat([Buffer.from("504b0304140000000800", "hex"), randomBytes(64)]);
  const file = uploaded(await upload(bomb, "42.zip"));
  expect(file).toMatchObject({ contentType: "application/zip", byteSize: bomb.length });
  expect(Buffer.from(await (await read(file)).arrayBuffer()).equals(bomb)).toBe(true);
});
