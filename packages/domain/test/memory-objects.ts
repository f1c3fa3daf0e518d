import { createHash } from "node:crypto";
import type { ObjectPort } from "@boardroom/domain";

/** Object storage in memory that keeps what a test may look at. */
export interface MemoryObjects extends ObjectPort {
  stored: Map<string, Uint8Array>;
}

/** Speaks the port as R2 does: an object is there whole or not at all. */
export function makeMemoryObjects(): MemoryObjects {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    async put(key, body, byteLength) {
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      if (bytes.byteLength !== byteLength) throw new Error(`${bytes.byteLength} bytes came instead of ${byteLength}`);
      stored.set(key, bytes);
    },
    async store(key, body, inspectors) {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) {
        for (const { take } of inspectors) take(piece);
        pieces.push(piece);
      }
      for (const { end } of inspectors) end();
      const bytes = new Uint8Array(Buffer.concat(pieces));
      stored.set(key, bytes);
      return { byteLength: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
    async open(key, range) {
      const bytes = stored.get(key);
      if (!bytes) return null;
      return new Blob([
        new Uint8Array(range ? bytes.subarray(range.offset, range.offset + range.length) : bytes),
      ]).stream();
    },
    get: async (key, { offset, length }) => stored.get(key)?.slice(offset, offset + length) ?? null,
    delete: async (key) => void stored.delete(key),
  };
}
