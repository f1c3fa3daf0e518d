import { BoardroomError } from "@boardroom/contract";
import { readBodyText } from "./read-body.ts";
import { findUnstorable } from "./unstorable.ts";

const maxDepth = 64;
const jsonType = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?$/i;

/**
 * Reads a JSON body; an empty one counts as `{}`.
 * @throws BoardroomError unsupported_media_type, payload_too_large, malformed_json, or invalid_request for what can't be stored
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readBodyText(request, maxBytes);
  if (text.trim() === "") return {};
  if (!jsonType.test(request.headers.get("content-type")?.trim() ?? "")) {
    throw new BoardroomError("unsupported_media_type", "Send the body as application/json.");
  }
  return parseJson(text);
}

/** @throws BoardroomError malformed_json, or invalid_request for what can't be stored */
export function parseJson(text: string): unknown {
  const value = parse(text);
  const unstorable = findUnstorable(value);
  if (unstorable !== null) {
    const details = [{ path: unstorable, message: "contains characters that can't be stored" }];
    throw new BoardroomError(
      "invalid_request",
      `${unstorable || "The body"} contains characters that can't be stored.`,
      details,
    );
  }
  return value;
}

function parse(text: string): unknown {
  if (isTooDeep(text))
    throw new BoardroomError("invalid_request", `The body is nested deeper than ${maxDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new BoardroomError("malformed_json", "The body is not valid JSON.");
  }
}

/** Whether JSON text nests so deep that walking its value could overflow the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0, inString = false; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if ((char === "{" || char === "[") && ++depth > maxDepth) return true;
    else if (char === "}" || char === "]") depth--;
  }
  return false;
}
