import type { ObjectPort } from "@boardroom/domain";

/** Objects in an R2 bucket. */
export function createObjectStore(bucket: R2Bucket): ObjectPort {
  return {
    async put(key, body, byteLength) {
      // R2 wants to know how much comes; whatever is shorter or longer is refused as a whole.
      const sized = new FixedLengthStream(byteLength);
      await Promise.all([bucket.put(key, sized.readable), body.pipeTo(sized.writable)]);
    },
    async store(key, body, inspectors) {
      // Hubs read objects and store none: what that takes is loaded with the first one.
      const { storeStream } = await import("./store-stream.ts");
      return storeStream(bucket, key, body, inspectors);
    },
    async open(key, range) {
      const object = await bucket.get(key, range ? { range } : {});
      return object?.body ?? null;
    },
    async get(key, range) {
      const object = await bucket.get(key, { range });
      return object ? new Uint8Array(await object.arrayBuffer()) : null;
    },
    delete: (key) => bucket.delete(key),
  };
}
