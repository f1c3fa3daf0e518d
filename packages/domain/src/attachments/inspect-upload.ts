import { BoardroomError, isShownImage } from "@boardroom/contract";
import type { StreamInspector } from "../ports.ts";
import { extensionOf, sniffedBytes, sniffType } from "./sniff-type.ts";

/** Files that a person expects to see as a picture. */
const pictures = ["png", "jpg", "jpeg", "gif", "webp"];

/**
 * Looks at a file on its way into storage: how long it is, and what it is by its first bytes. What is too long, empty, or no
 * picture although its name says so ends the upload.
 */
export function inspectUpload(fileName: string, maxBytes: number): UploadInspector {
  let head = new Uint8Array();
  let length = 0;
  const look = () => {
    inspector.contentType = sniffType(head, fileName);
    if (pictures.includes(extensionOf(fileName)) && !isShownImage(inspector.contentType)) {
      throw new BoardroomError("unsupported_media_type", `${fileName} is not the picture that its name says it is.`);
    }
  };
  const inspector: UploadInspector = {
    contentType: "",
    take(piece) {
      length += piece.byteLength;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (inspector.contentType !== "") return;
      head = join(head, piece.subarray(0, sniffedBytes - head.byteLength));
      if (head.byteLength >= sniffedBytes) look();
    },
    end() {
      if (length === 0) throw new BoardroomError("invalid_request", "This file is empty.");
      if (inspector.contentType === "") look();
    },
  };
  return inspector;
}

interface UploadInspector extends StreamInspector {
  /** Known once the beginning was seen. */
  contentType: string;
}

export const tooLarge = (maxBytes: number) =>
  new BoardroomError("payload_too_large", `A file may have ${describeBytes(maxBytes)} at most in this company.`, {
    maxBytes,
  });

const describeBytes = (bytes: number) => (bytes >= 1e6 ? `${Math.floor(bytes / 1e4) / 100} MB` : `${bytes} bytes`);

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}
