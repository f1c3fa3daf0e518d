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
    get: async (key, { offset, length }) => stored.get(key)?.slice(offset, offset + length) ?? null,
    delete: async (key) => void stored.delete(key),
  };
}
