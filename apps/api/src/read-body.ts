import { BoardroomError } from "@boardroom/contract";

/** How much of a refused body is read and dropped, so that its sender gets to see the answer. */
const drainedBytes = 4 * 1024 * 1024;

/**
 * Reads a body as text, however it is sent.
 * @throws BoardroomError payload_too_large above the cap, malformed_json when it isn't UTF-8
 */
export async function readBodyText(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) {
    await drain(request);
    throw tooLarge(maxBytes);
  }
  const bytes = request.body ? await readBytes(request, request.body, declared > 0, maxBytes) : new Uint8Array();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new BoardroomError("malformed_json", "The body is not UTF-8.");
  }
}

/** A body of stated length can't be longer than that, so it is taken in one piece; any other is counted as it comes. */
async function readBytes(
  request: Request,
  body: ReadableStream<Uint8Array>,
  isStated: boolean,
  maxBytes: number,
): Promise<Uint8Array> {
  if (isStated) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
    return bytes;
  }
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  for (let read = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, read);
    read += value.byteLength;
    if (read > maxBytes) {
      await discard(reader);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** Drops the body of a request that is answered without it. */
export async function drain(request: Request): Promise<void> {
  if (request.body && !request.bodyUsed) await discard(request.body.getReader());
}

/** Drops what is left of a body, as far as is sensible. */
export async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    for (let dropped = 0; dropped < drainedBytes; ) {
      const { done, value } = await reader.read();
      if (done) return;
      dropped += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The sender went away; there is nobody to answer.
  }
}

function tooLarge(maxBytes: number): BoardroomError {
  return new BoardroomError("payload_too_large", `The body is larger than ${maxBytes / 1024} KiB.`, { maxBytes });
}
