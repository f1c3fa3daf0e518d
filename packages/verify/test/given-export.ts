import { createHash, generateKeyPairSync, sign } from "node:crypto";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export interface GivenExport {
  lines: string[];
  publicKey: string;
}

/** An export as Boardroom writes it, of made-up rows: so many under each seal, and some behind the last. */
export function givenExport({ seals = 4, rowsPerSeal = 12, tail = 5, after = 0 } = {}): GivenExport {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = String(publicKey.export({ format: "jwk" }).x);
  const signed = (purpose: string, payload: string) => ({
    payload,
    signature: sign(null, Buffer.from(purpose + payload), privateKey).toString("base64url"),
    publicKey: key,
  });
  const companyId = "019a0000-0000-7000-8000-000000000001";
  const lines = [JSON.stringify({ type: "export", version: 1, companyId, after })];
  let cursor = 0;
  const rows = (count: number) => Array.from({ length: count }, () => rowLine(companyId, ++cursor));
  let previous = "0".repeat(64);
  for (let position = after + 1; position <= after + seals; position++) {
    const own = rows(rowsPerSeal);
    const rowHashes = own.map(sha256).join("");
    const facts = {
      v: 1,
      companyId,
      position,
      to: `${cursor}.${cursor}`,
      rows: own.length,
      rowsHash: sha256(rowHashes),
    };
    const payload = JSON.stringify({ ...facts, previous, sealedAt: "2026-11-21T12:00:00.000Z" });
    const hash = sha256(payload);
    const seal = { type: "seal", position, hash, rowHashes, ...signed("boardroom.audit-seal.v1\n", payload) };
    lines.push(...own, JSON.stringify(seal));
    previous = hash;
  }
  const last = rows(tail);
  const tailHash = sha256(last.map(sha256).join(""));
  const facts = { v: 1, companyId, position: after + seals, hash: previous, tailRows: tail, tailHash };
  const payload = JSON.stringify({ ...facts, exportedAt: "2026-11-21T12:00:01.000Z" });
  lines.push(...last, JSON.stringify({ type: "end", ...signed("boardroom.audit-export.v1\n", payload) }));
  return { lines, publicKey: key };
}

const rowLine = (companyId: string, n: number) =>
  JSON.stringify({
    id: `019a0000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    type: "row",
    action: n % 3 === 0 ? "issue.updated" : "run.started",
    cursor: `${n}.${n}`,
    details: { identifier: `ACME-${n}`, status: "todo", amount: n * 1.5 },
    companyId,
    createdAt: `2026-11-21T11:00:${String(n % 60).padStart(2, "0")}.123456Z`,
  });
