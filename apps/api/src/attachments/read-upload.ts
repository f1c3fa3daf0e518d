import { BoardroomError } from "@boardroom/contract";
import { discard } from "../read-body.ts";
import { readFormFile } from "./read-form-file.ts";

export interface ReadUpload {
  fileName: string;
  body: ReadableStream<Uint8Array>;
  statedBytes: number | null;
  /** Drops what is left of the request, so that its sender gets to see why it was refused. */
  discard(): Promise<void>;
}

/**
 * A file as it is sent: as the body itself, with its name in `X-File-Name` (as a URL would write it), or as the first file of a
 * form, as browsers do it.
 * @throws BoardroomError invalid_request without a body, a name or a file
 */
export async function readUpload(request: Request): Promise<ReadUpload> {
  const { body } = request;
  if (!body) throw new BoardroomError("invalid_request", "Send a file as the body.");
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\s*;.*?\bboundary="?([^";,]{1,70})"?/i.exec(type)?.[1];
  if (boundary !== undefined) {
    const reader = body.getReader();
    return { ...(await readFormFile(reader, boundary)), statedBytes: null, discard: () => discard(reader) };
  }
  const stated = Number(request.headers.get("content-length") ?? Number.NaN);
  return {
    fileName: readFileName(request),
    body,
    statedBytes: Number.isSafeInteger(stated) ? stated : null,
    discard: async () => {
      if (!body.locked) await discard(body.getReader());
    },
  };
}

function readFileName(request: Request): string {
  const sent = request.headers.get("x-file-name");
  if (!sent || sent.length > 8000) {
    throw new BoardroomError("invalid_request", "Send the file's name in X-File-Name, as a URL would write it.");
  }
  try {
    return decodeURIComponent(sent);
  } catch {
    return sent;
  }
}
