import { BoardroomError } from "@boardroom/contract";
import type { StoredObject, StreamInspector } from "@boardroom/domain";

/** R2 takes no smaller parts, but for the last one. All but the last have to be of one size. */
const partBytes = 5 * 1024 * 1024;

/**
 * Stores a stream of which nobody knows how long it is: in parts, through one buffer into which the stream itself writes. There is
 * no object before the last part has come; when one fails, there are no parts either. What is left of the stream stays in it.
 */
export async function storeStream(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  inspectors: readonly StreamInspector[],
): Promise<StoredObject> {
  const digest = new crypto.DigestStream("SHA-256");
  const hashed = digest.getWriter();
  const reader = body.getReader({ mode: "byob" });
  let upload: R2MultipartUpload | undefined;
  const parts: R2UploadedPart[] = [];
  let byteLength = 0;
  try {
    for (let buffer = new ArrayBuffer(partBytes), isLast = false; !isLast; ) {
      const part = await fill(reader, buffer, (piece) => {
        for (const { take } of inspectors) take(piece);
      });
      byteLength += part.byteLength;
      isLast = part.byteLength < partBytes;
      if (isLast) for (const { end } of inspectors) end();
      await hashed.write(part);
      if (isLast && !upload) {
        await bucket.put(key, part);
        break;
      }
      upload ??= await bucket.createMultipartUpload(key);
      // A stream may end with a full part.
      if (part.byteLength > 0) parts.push(await upload.uploadPart(parts.length + 1, part));
      buffer = part.buffer;
    }
    await upload?.complete(parts);
    await hashed.close();
  } catch (error) {
    await Promise.allSettled([upload?.abort(), hashed.abort(error)]);
    throw error;
  } finally {
    reader.releaseLock();
  }
  return { byteLength, sha256: toHex(await digest.digest) };
}

/** Reads until the buffer is full or the stream at its end. Each read takes the buffer away and gives it back. */
async function fill(
  reader: ReadableStreamBYOBReader,
  empty: ArrayBuffer,
  look: (piece: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  let buffer = empty;
  let filled = 0;
  while (filled < partBytes) {
    const { done, value } = await reader.read(new Uint8Array(buffer, filled, partBytes - filled)).catch(brokeOff);
    if (!value) throw new Error("The stream was cancelled while it was stored");
    buffer = value.buffer as ArrayBuffer;
    if (done) break;
    look(value);
    filled += value.byteLength;
  }
  return new Uint8Array(buffer, 0, filled);
}

/** Whoever sent it went away: nothing is wrong here. */
function brokeOff(error: unknown): never {
  if (error instanceof BoardroomError) throw error;
  throw new BoardroomError("invalid_request", "The upload broke off before its end.");
}

const toHex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
