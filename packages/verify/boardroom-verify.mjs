#!/usr/bin/env node
// Checks an exported activity log of Boardroom. One file, no dependency, no network: read it before you trust it.
import { createPublicKey, hash as digest, verify } from "node:crypto";
import { createReadStream, realpathSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const firstHash = "0".repeat(64);
const sealPurpose = "boardroom.audit-seal.v1\n";
const endPurpose = "boardroom.audit-export.v1\n";
const usage = `Usage: boardroom-verify [--key <public key>]... [--hash <hash of a seal>] <export.ndjson>

  --key   believe only seals that this key signed (Settings, Audit shows it; give it again for earlier keys)
  --hash  a seal's hash that you noted earlier: it has to be in the export

Exit code 0: intact. 1: not intact, each problem on a line. 2: the file can't be read.`;

const sha256 = (text) => digest("sha256", text, "hex");

/** See boardroom-verify.d.mts. */
export function createVerifier({ keys: trusted = [], hash: wanted } = {}) {
  const state = {
    companyId: null,
    seals: 0,
    sealedRows: 0,
    position: null,
    previous: null,
    lastCursor: null,
    hasEnd: false,
    hasHeader: false,
    sawWanted: wanted === undefined,
  };
  const problems = [];
  const notes = [];
  const keys = new Set();
  /** Rows since the last seal, with their places in the file. */
  let rows = [];
  let lineNumber = 0;

  const report = (kind, line, message) => problems.push({ kind, line, message });

  function add(raw) {
    lineNumber++;
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (text === "") {
      if (!state.hasEnd) report("file", lineNumber, "An empty line stands in the export.");
      return;
    }
    if (state.hasEnd) return report("added", lineNumber, "Something stands behind the end of the export.");
    const value = parse(text);
    if (value === null) return addRow(text, "(not JSON)", null);
    if (value.type === "export") return addHeader(value);
    if (value.type === "seal") return addSeal(value);
    if (value.type === "end") return addEnd(value);
    return addRow(text, nameOf(value), value);
  }

  function addHeader({ companyId, after, version }) {
    if (state.hasHeader) return report("added", lineNumber, "A second beginning stands in the export.");
    state.hasHeader = true;
    if (version !== 1) report("file", lineNumber, `This program reads version 1 of the export, not ${version}.`);
    state.companyId = typeof companyId === "string" ? companyId : null;
    state.position = Number.isInteger(after) ? after : 0;
    state.previous = state.position === 0 ? firstHash : null;
    if (state.position > 0)
      notes.push(`The export begins behind seal ${state.position}: what is before it was not checked.`);
  }

  function addRow(text, name, value) {
    rows.push({ line: lineNumber, hash: sha256(text), name, cursor: value?.cursor ?? null });
  }

  function addSeal(seal) {
    const payload = parse(seal.payload) ?? {};
    const label = `Seal ${payload.position ?? seal.position}`;
    checkSigned(seal, sealPurpose, label);
    if (sha256(String(seal.payload)) !== seal.hash)
      report("seal", lineNumber, `${label} doesn't have the hash that it states.`);
    if (payload.position !== seal.position) report("seal", lineNumber, `${label} is called ${seal.position}.`);
    if (payload.companyId !== state.companyId) report("seal", lineNumber, `${label} is of another company.`);
    if (state.position !== null && payload.position !== state.position + 1) {
      report("seal", lineNumber, `${label} stands where seal ${state.position + 1} should be.`);
    }
    if (state.previous !== null && payload.previous !== state.previous) {
      report("seal", lineNumber, `${label} doesn't follow from the seal before it.`);
    }
    checkRows(seal, payload, label);
    if (seal.hash === wanted) state.sawWanted = true;
    state.position = payload.position;
    state.previous = sha256(String(seal.payload));
    state.seals++;
  }

  function checkRows({ rowHashes }, payload, label) {
    const sealed = String(rowHashes).match(/.{1,64}/g) ?? [];
    if (sha256(String(rowHashes)) !== payload.rowsHash || sealed.length !== payload.rows) {
      report("seal", lineNumber, `${label} lists other rows than it seals.`);
    }
    compare(sealed, rows, label, report);
    state.sealedRows += rows.length;
    const last = rows.at(-1);
    if (last && last.cursor !== payload.to && problems.length === 0) {
      report("seal", lineNumber, `${label} ends at another row than it states.`);
    }
    rows = [];
  }

  function addEnd(end) {
    state.hasEnd = true;
    const payload = parse(end.payload) ?? {};
    checkSigned(end, endPurpose, "The end of the export");
    if (payload.companyId !== state.companyId)
      report("file", lineNumber, "The end of the export is of another company.");
    if (payload.position !== state.position) {
      report(
        "removed",
        lineNumber,
        `The export ended with seal ${payload.position}, and here with seal ${state.position}.`,
      );
    } else if (payload.hash !== null && state.seals > 0 && payload.hash !== state.previous) {
      report("seal", lineNumber, "The last seal is another one than the export ended with.");
    }
    const hash = sha256(rows.map((row) => row.hash).join(""));
    if (payload.tailRows !== rows.length || payload.tailHash !== hash) {
      const lines = rows.length > 0 ? ` (lines ${rows[0].line} to ${rows.at(-1).line})` : "";
      const counts = `${payload.tailRows} rows behind the last seal, here are ${rows.length}`;
      report(
        "changed",
        rows[0]?.line ?? null,
        `The export had ${counts}${lines}: they aren't the ones that were exported.`,
      );
    }
  }

  function checkSigned({ payload, signature, publicKey }, purpose, label) {
    keys.add(publicKey);
    if (trusted.length > 0 && !trusted.includes(publicKey)) {
      report("key", lineNumber, `${label} was signed with a key that is not yours: ${publicKey}.`);
    }
    if (!isSigned(publicKey, purpose + payload, signature))
      report("seal", lineNumber, `${label} is not signed rightly.`);
  }

  function finish() {
    if (!state.hasHeader) report("file", null, "This is not an export of an activity log: it has no first line.");
    if (!state.hasEnd) {
      const after = state.position ?? 0;
      report("removed", null, `The export is not whole: its end is missing. Go on with ?after=${after}.`);
    }
    if (!state.sawWanted) report("removed", null, "The seal with the hash that you noted is not in the export.");
    if (trusted.length === 0)
      notes.push("No --key was given: the seals were checked with the keys that the file itself names.");
    if (rows.length > 0)
      notes.push(`${rows.length} rows behind the last seal are covered by the signature of the export alone.`);
    const { companyId, seals, sealedRows, previous } = state;
    const lastHash = seals > 0 ? previous : null;
    return {
      isIntact: problems.length === 0,
      problems,
      companyId,
      seals,
      sealedRows,
      unsealedRows: rows.length,
      lastHash,
      keys: [...keys],
      notes,
    };
  }

  return { add, finish };
}

/** Names what became of each row: by its hash a row is known wherever it stands. */
function compare(sealed, rows, label, report) {
  if (sealed.length === rows.length && sealed.every((hash, index) => hash === rows[index].hash)) return;
  const missing = counted(sealed);
  for (const { hash } of rows) take(missing, hash);
  const known = counted(sealed);
  const foreign = rows.filter(({ hash }) => !take(known, hash));
  const gone = sealed.flatMap((hash, index) => (take(missing, hash) ? [index] : []));
  const changed = Math.min(gone.length, foreign.length);
  for (const { line, name } of foreign.slice(0, changed)) {
    report("changed", line, `Row ${name} is not as it was sealed (${label}).`);
  }
  for (const { line, name } of foreign.slice(changed)) {
    report("added", line, `Row ${name} was not there when it was sealed (${label}).`);
  }
  for (const index of gone.slice(changed)) {
    const before = index === 0 ? "at its beginning" : `as number ${index + 1} of ${sealed.length}`;
    report("removed", null, `A row is missing from ${label}, ${before}.`);
  }
  if (gone.length + foreign.length > 0) return;
  for (const { line, name } of rows.filter(({ hash }, index) => hash !== sealed[index])) {
    report("reordered", line, `Row ${name} stands at another place than it was sealed at (${label}).`);
  }
}

function counted(hashes) {
  const counts = new Map();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}

/** Takes one of these out; false when there is none. */
function take(counts, hash) {
  const count = counts.get(hash) ?? 0;
  if (count === 0) return false;
  counts.set(hash, count - 1);
  return true;
}

const nameOf = ({ cursor, action, id }) => [cursor, action, id].filter((part) => part !== undefined).join(" ");

function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

const verified = new Map();

function isSigned(key, text, signature) {
  const id = `${key}\n${signature}\n${text}`;
  const known = verified.get(id);
  if (known !== undefined) return known;
  const result = checkSignature(key, text, signature);
  if (verified.size > 1000) verified.clear();
  verified.set(id, result);
  return result;
}

function checkSignature(x, text, signature) {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    const bytes = Buffer.from(signature, "base64url");
    // Another spelling of the same bytes is not what was written.
    return bytes.toString("base64url") === signature && verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

const print = (line) => process.stdout.write(`${line}\n`);

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string", multiple: true }, hash: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help || positionals.length !== 1) {
    print(usage);
    return values.help ? 0 : 2;
  }
  const verifier = createVerifier({ keys: values.key, hash: values.hash });
  const lines = createInterface({
    input: createReadStream(positionals[0], "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) verifier.add(line);
  const verdict = verifier.finish();
  const { seals, sealedRows, unsealedRows, lastHash, keys, problems, notes, companyId } = verdict;
  for (const { line, kind, message } of problems) print(`${line === null ? "-" : `line ${line}`}: ${kind}: ${message}`);
  print(`Company ${companyId}: ${seals} seals over ${sealedRows} rows, ${unsealedRows} rows behind the last seal.`);
  if (lastHash) print(`Last seal: ${lastHash}`);
  for (const key of keys) print(`Signed by: ${key}`);
  for (const note of notes) print(`Note: ${note}`);
  print(verdict.isIntact ? "Intact." : `Not intact: ${problems.length} problem${problems.length === 1 ? "" : "s"}.`);
  return verdict.isIntact ? 0 : 1;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
