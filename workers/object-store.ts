import type { ObjectPort } from "@boardroom/domain";

/** Objects in an R2 bucket. */
export function createObjectStore(bucket: R2Bucket): ObjectPort {
  return {
    async put(key, body, byteLength) {
      // R2 wants to know how much comes; whatever is shorter or longer is refused as a whole.
      const sized = new FixedLengthStream(byteLength);
      await Promise.all([bucket.put(key, sized.readable), body.pipeTo(sized.writable)]);
    },
    async get(key, range) {
      const object = await bucket.get(key, { range });
      return object ? new Uint8Array(await object.arrayBuffer()) : null;
    },
    delete: (key) => bucket.delete(key),
  };
}
