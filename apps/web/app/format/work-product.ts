import type { WorkProduct } from "@boardroom/contract";

/** What a list needs to know of a diff; its patch is read where it is looked at. */
export interface DiffSummary {
  files: { path: string; added: number; removed: number }[];
  added: number;
  removed: number;
}

/** A work product without what is heavy in it. */
export type WorkProductLine = Omit<WorkProduct, "data"> & { diff: DiffSummary | null };

export function toLine({ data, ...product }: WorkProduct): WorkProductLine {
  return { ...product, diff: product.kind === "diff" ? summarize(data) : null };
}

function summarize(data: WorkProduct["data"]): DiffSummary {
  const files = (Array.isArray(data?.files) ? data.files : []).flatMap(readFile);
  const sum = (pick: (file: DiffSummary["files"][number]) => number) =>
    files.reduce((total, file) => total + pick(file), 0);
  return { files, added: sum(({ added }) => added), removed: sum(({ removed }) => removed) };
}

function readFile(file: unknown): DiffSummary["files"] {
  if (typeof file !== "object" || file === null || !("path" in file) || typeof file.path !== "string") return [];
  const count = (value: unknown) => (typeof value === "number" ? value : 0);
  return [
    {
      path: file.path,
      added: count("added" in file && file.added),
      removed: count("removed" in file && file.removed),
    },
  ];
}

/** The patch of a diff, and whether it is all of it. */
export function readPatch({ data }: WorkProduct): { patch: string; isCut: boolean } {
  return { patch: typeof data?.patch === "string" ? data.patch : "", isCut: data?.isCut === true };
}
