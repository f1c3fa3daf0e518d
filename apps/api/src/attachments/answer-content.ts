import { isShownImage } from "@boardroom/contract";
import type { OpenAttachment } from "@boardroom/domain";
import { securityHeaders } from "../answer.ts";
import { readRange } from "./read-range.ts";

/**
 * The bytes of a file. Whatever they are, no browser runs them: all but a few kinds of image are downloaded, none is sniffed, and
 * each would stand in a sandbox without scripts.
 */
export async function answerContent(request: Request, file: OpenAttachment, requestId: string): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const headers: Record<string, string> = {
    ...securityHeaders,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "cache-control": "private, max-age=86400, immutable",
    "accept-ranges": "bytes",
    etag,
    "x-request-id": requestId,
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  headers["content-type"] = file.contentType.startsWith("text/")
    ? `${file.contentType}; charset=utf-8`
    : file.contentType;
  headers["content-disposition"] = disposition(file);
  const range = readRange(request.headers.get("range"), file.byteSize);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${file.byteSize}` } });
  }
  headers["content-length"] = String(range?.length ?? file.byteSize);
  if (range) headers["content-range"] = `bytes ${range.offset}-${range.offset + range.length - 1}/${file.byteSize}`;
  return new Response(await file.read(range ?? undefined), { status: range ? 206 : 200, headers });
}

/** RFC 6266: a name for old browsers, and the whole of it for all others. */
function disposition({ originalFilename, contentType }: OpenAttachment): string {
  const plain = originalFilename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(originalFilename).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isShownImage(contentType) ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
