import { BoardroomError } from "@boardroom/contract";

const maxHeaderBytes = 16 * 1024;
/** Of fields that stand before the file. */
const maxFieldBytes = 64 * 1024;
const maxFields = 20;

/**
 * The first file of a form, as it comes: nothing is held but what may be the beginning of a boundary.
 * @throws BoardroomError invalid_request for what is no form, or has no file
 */
export async function readFormFile(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  boundary: string,
): Promise<{ fileName: string; body: ReadableStream<Uint8Array> }> {
  const source = new Delimited(reader);
  await source.readUntil(`--${boundary}`, maxHeaderBytes);
  for (let field = 0; field < maxFields; field += 1) {
    if (await source.isNext("--")) break;
    const headers = await source.readUntil("\r\n\r\n", maxHeaderBytes);
    const fileName = fileNameOf(headers);
    const end = `\r\n--${boundary}`;
    if (fileName !== null) return { fileName, body: source.streamUntil(end) };
    await source.readUntil(end, maxFieldBytes);
  }
  throw new BoardroomError("invalid_request", "Choose a file.");
}

/** Browsers write quotes and line breaks of a name as in a URL; an input without a file has an empty name. */
function fileNameOf(headers: string): string | null {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? "";
  const name =
    /;\s*filename="((?:\\.|[^"\\])*)"/i.exec(disposition)?.[1] ?? /;\s*filename=([^;\s"]+)/i.exec(disposition)?.[1];
  return name ? name.replace(/\\(["\\])/g, "$1").replace(/%22/g, '"') : null;
}

const cutOff = () => new BoardroomError("invalid_request", "The form broke off before its end.");

/** Bytes as they come, cut at delimiters. */
class Delimited {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #held = new Uint8Array();

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  /** What stands before the delimiter. @throws BoardroomError invalid_request when it doesn't come */
  async readUntil(delimiter: string, maxBytes: number): Promise<string> {
    const wanted = encoder.encode(delimiter);
    for (;;) {
      const at = indexOf(this.#held, wanted);
      if (at !== -1) {
        const text = decoder.decode(this.#held.subarray(0, at));
        this.#held = this.#held.subarray(at + wanted.length);
        return text;
      }
      if (this.#held.length > maxBytes) throw new BoardroomError("invalid_request", "This is not the form of a file.");
      await this.#fill();
    }
  }

  async isNext(text: string): Promise<boolean> {
    while (this.#held.length < text.length) await this.#fill();
    return decoder.decode(this.#held.subarray(0, text.length)) === text;
  }

  /** What stands before the delimiter, as it comes. */
  streamUntil(delimiter: string): ReadableStream<Uint8Array> {
    const wanted = encoder.encode(delimiter);
    return new ReadableStream({
      type: "bytes",
      pull: async (controller) => {
        for (;;) {
          const at = indexOf(this.#held, wanted);
          const ready = at === -1 ? this.#held.length - wanted.length : at;
          if (ready > 0) controller.enqueue(this.#held.slice(0, ready));
          if (at !== -1) {
            controller.close();
            // Who waits for more learns that there is none.
            controller.byobRequest?.respond(0);
            return;
          }
          if (ready > 0) {
            this.#held = this.#held.subarray(ready);
            return;
          }
          await this.#fill();
        }
      },
    });
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw cutOff();
    const all = new Uint8Array(this.#held.length + value.length);
    all.set(this.#held);
    all.set(value, this.#held.length);
    this.#held = all;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}
