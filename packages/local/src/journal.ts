import { type FileHandle, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LocalServiceError } from "./local-service-error.ts";

/** A file of one JSON entry a line. An append is on the disk when its promise resolves; many at once share one write. */
export class Journal<Entry> {
  lines = 0;
  private readonly path: string;
  private file: FileHandle | undefined;
  private waiting: string[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(dir: string, name: string) {
    this.path = join(dir, `${name}.jsonl`);
  }

  /** The entries of the last time; a last line that was cut off by a crash is left out. */
  async read(): Promise<Entry[]> {
    const text = await readFile(this.path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw this.explain(error);
    });
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    try {
      const lines = whole.split("\n").filter((line) => line !== "");
      return lines.map((line): Entry => JSON.parse(line));
    } catch (cause) {
      throw new LocalServiceError("data_folder_broken", `${this.path} is broken; move it away to start anew.`, {
        cause,
      });
    }
  }

  append(entry: Entry): Promise<void> {
    this.waiting.push(`${JSON.stringify(entry)}\n`);
    this.lines += 1;
    return this.enqueue(() => this.flush());
  }

  /** Replaces the file, at once, by what `list` then returns. */
  rewrite(list: () => Entry[]): Promise<void> {
    return this.enqueue(() => this.replace(list()));
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.close();
    this.file = undefined;
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work).catch((error: NodeJS.ErrnoException) => {
      throw this.explain(error);
    });
    // A failed write is its caller's to report; the next one tries again.
    this.writing = done.catch(() => undefined);
    return done;
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0 || !this.file) return;
    const text = this.waiting.join("");
    this.waiting = [];
    await this.file.appendFile(text);
    await this.file.datasync();
  }

  private async replace(entries: Entry[]): Promise<void> {
    this.waiting = [];
    this.lines = entries.length;
    await mkdir(dirname(this.path), { recursive: true });
    const draft = `${this.path}.new`;
    await writeFile(draft, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""), { flush: true, mode: 0o600 });
    await this.file?.close();
    await rename(draft, this.path);
    this.file = await open(this.path, "a");
  }

  private explain(cause: NodeJS.ErrnoException): LocalServiceError {
    if (cause.code === "ENOSPC" || cause.code === "EDQUOT") {
      return new LocalServiceError("disk_full", `The disk that holds ${this.path} is full.`, { cause });
    }
    return new LocalServiceError("data_folder_denied", `${this.path} can't be used: ${cause.message}`, { cause });
  }
}
