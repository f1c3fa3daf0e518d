import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent } from "../../test/working-agents.ts";
import { createIssue, deleteIssue } from "../issues/index.ts";
import { giveEvidence, replaceCriteria } from "../reviews/index.ts";
import { cleanFileName } from "./clean-file-name.ts";
import { deleteAttachment, listAttachments, openAttachment, removeObject, uploadAttachment } from "./index.ts";
import { sniffType } from "./sniff-type.ts";
import { sweepObjects } from "./sweep-objects.ts";

const db = useDomainDatabase();

const bytesOf = (text: string) => new TextEncoder().encode(text);
const streamOf = (...chunks: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const upload = (ctx: TestCtx, id: string, body: ReadableStream<Uint8Array>, fileName = "notes.txt") =>
  uploadAttachment(ctx, { id, fileName, body, statedBytes: null });

async function openIssue(limit?: number) {
  const tenant = await db.newTenant();
  if (limit)
    await db.owner.query("update companies set attachment_max_bytes = $2 where id = $1", [tenant.companyId, limit]);
  const { id } = await createIssue(tenant.board, { title: "Files" });
  return { tenant, board: tenant.board, id };
}
/** What is left of attachments anywhere: rows, objects. */
async function leftOf({ companyId, ports, board }: Tenant) {
  for (const id of ports.toRemove.splice(0)) await removeObject(board, id);
  const { rows } = await db.owner.query("select id from attachment_objects where company_id = $1", [companyId]);
  return { objects: [...ports.objects.stored.keys()].length, rows: rows.length };
}
const nothing = { objects: 0, rows: 0 };

describe("a file", () => {
  it("is kept with its length, hash and true type, whatever its name says, and comes back whole or in part", async () => {
    const { board, id } = await openIssue();
    const bytes = bytesOf("Hello, file");
    const kept = await upload(board, id, streamOf(bytes.subarray(0, 3), bytes.subarray(3)), "../../etc/hello.bin");
    expect(kept).toMatchObject({
      originalFilename: "hello.bin",
      contentType: "text/plain",
      byteSize: 11,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentPath: `/api/attachments/${kept.id}/content`,
      createdByName: "Olga Owner",
    });
    expect((await listAttachments(board, { id, limit: 10 })).items).toEqual([kept]);
    const file = await openAttachment(board, kept.id);
    expect(await new Response(await file.read({ offset: 7, length: 4 })).text()).toBe("file");
    const stranger = (await db.newTenant()).board;
    await expect(openAttachment(stranger, kept.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteAttachment(stranger, { id: kept.id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("that is too long, empty, cut off or no picture although it says so is refused and leaves nothing", async () => {
    const { tenant, board, id } = await openIssue(100);
    const long = upload(board, id, streamOf(new Uint8Array(60), new Uint8Array(60)));
    await expect(long).rejects.toMatchObject({ code: "payload_too_large", details: { maxBytes: 100 } });
    await expect(upload(board, id, streamOf())).rejects.toMatchObject({ code: "invalid_request" });
    const cut = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("The line went dead")),
    });
    await expect(upload(board, id, cut)).rejects.toThrow("The line went dead");
    const html = streamOf(bytesOf("<html><script>alert(1)</script>"));
    await expect(upload(board, id, html, "cat.png")).rejects.toMatchObject({ code: "unsupported_media_type" });
    expect(await leftOf(tenant)).toEqual(nothing);
    const stated = uploadAttachment(board, { id, fileName: "a", body: streamOf(png), statedBytes: 101 });
    await expect(stated).rejects.toMatchObject({ code: "payload_too_large" });
    expect(await leftOf(tenant)).toEqual(nothing);
  });

  it("that holds a secret of the run is refused, also where it is cut in two or written in another way", async () => {
    const { tenant, board, id } = await openIssue();
    const secret = "hunter2-and-more";
    const inRun = { ...board, hidden: [secret] };
    const bytes = bytesOf(`the key is ${secret}!`);
    const cut = upload(inRun, id, streamOf(bytes.subarray(0, 15), bytes.subarray(15)));
    await expect(cut).rejects.toMatchObject({ code: "forbidden" });
    const hex = upload(inRun, id, streamOf(bytesOf(Buffer.from(secret).toString("hex"))));
    await expect(hex).rejects.toMatchObject({ code: "forbidden" });
    expect(await leftOf(tenant)).toEqual(nothing);
    const named = await upload(inRun, id, streamOf(png), `${secret}.txt`);
    expect(named.originalFilename).not.toContain("hunter2");
  });

  it("is deleted with its bytes by people and by the agent that attached it, not by another", async () => {
    const { tenant, board, id } = await openIssue();
    const [ada, bob] = [await addAgent(db.owner, tenant.companyId), await addAgent(db.owner, tenant.companyId)];
    const kept = await upload(tenant.asAgent(ada), id, streamOf(png), "a.png");
    expect(kept).toMatchObject({ contentType: "image/png", createdByAgentId: ada.id });
    const byBob = deleteAttachment(tenant.asAgent(bob), { id: kept.id });
    await expect(byBob).rejects.toMatchObject({ code: "forbidden" });
    await deleteAttachment(tenant.asAgent(ada), { id: kept.id });
    expect(await leftOf(tenant)).toEqual(nothing);
    const { id: again } = await upload(board, id, streamOf(png), "a.png");
    await deleteAttachment(board, { id: again });
    expect(await leftOf(tenant)).toEqual(nothing);
  });

  it("goes with its issue, and what a Worker left behind when it died goes too", async () => {
    const { tenant, board, id } = await openIssue();
    await upload(board, id, streamOf(png), "a.png");
    await deleteIssue(board, { id });
    const other = await createIssue(board, { title: "Stays" });
    const kept = await upload(board, other.id, streamOf(png), "b.png");
    await db.owner.query(
      "insert into attachment_objects (company_id, orphan_at) values ($1, now() - interval '1 second'), ($1, now() + interval '1 hour')",
      [tenant.companyId],
    );
    expect(await sweepObjects(db.database.system("test"), () => board)).toBe(2);
    // One that stays, one that is still being uploaded.
    expect(await leftOf(tenant)).toEqual({ objects: 1, rows: 2 });
    expect((await openAttachment(board, kept.id)).byteSize).toBe(png.byteLength);
  });

  it("shows that a criterion is met", async () => {
    const { board, id } = await openIssue();
    const { id: ref } = await upload(board, id, streamOf(png), "a.png");
    const [criterion] = await replaceCriteria(board, { id, criteria: [{ text: "A picture" }] });
    const shown = await giveEvidence(board, { id, kid: criterion?.id ?? "", kind: "attachment", ref });
    expect(shown).toMatchObject({ evidenceKind: "attachment", evidenceRef: ref });
  });
});

describe("a name", () => {
  it.each([
    ["report.pdf", "report.pdf"],
    ["../../../etc/passwd", "passwd"],
    ["C:\\Windows\\system32\\evil.exe", "evil.exe"],
    ["a\u0000b\r\nSet-Cookie: x=1.txt", "abSet-Cookie_ x=1.txt"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ['say "hi" <b>.txt', "say _hi_ _b_.txt"],
    ["...", "file"],
    ["", "file"],
    ["  .env  ", "env"],
    ["Überblick 日本 🙂.md", "Überblick 日本 🙂.md"],
    ["half \ud83d.txt", "half \ufffd.txt"],
    [`${"x".repeat(1000)}.pdf`, `${"x".repeat(196)}.pdf`],
    [`a.${"y".repeat(1000)}`, `a.${"y".repeat(198)}`],
  ])("%j becomes %j", (sent, clean) => {
    expect(cleanFileName(sent)).toBe(clean);
    expect(cleanFileName(clean)).toBe(clean);
  });
});

describe("what bytes are", () => {
  const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
  it.each([
    ["a picture", hex("89504e470d0a1a0a0000"), "x.txt", "image/png"],
    ["a photo", hex("ffd8ffe000104a464946"), "x", "image/jpeg"],
    ["an animation that is a script too", bytesOf("GIF89a=alert(1)//"), "x.js", "image/gif"],
    ["webp", hex("52494646 24000000 57454250 5650"), "x", "image/webp"],
    ["a document", bytesOf("%PDF-1.7 <script>alert(1)</script>"), "x.html", "application/pdf"],
    ["an archive that calls itself a picture", hex("504b0304"), "x.gif", "application/zip"],
    ["a web page", bytesOf("<!doctype html><script>alert(1)</script>"), "x.html", "text/plain"],
    ["a drawing with a script", bytesOf("<svg onload='alert(1)'/>"), "x.svg", "text/plain"],
    ["a table", bytesOf("a,b\n1,2"), "x.CSV", "text/csv"],
    ["text that is cut in a letter", bytesOf("Ü").subarray(0, 1), "x.md", "text/markdown"],
    ["a program", hex("7f454c46020101"), "x.txt", "application/octet-stream"],
    ["UTF-16", hex("fffe3c00730063007200"), "x.txt", "application/octet-stream"],
    ["text with a NUL", bytesOf("a\u0000b"), "x.txt", "application/octet-stream"],
  ])("%s is told by the bytes", (_, bytes, name, type) => {
    expect(sniffType(bytes, name)).toBe(type);
  });
});
