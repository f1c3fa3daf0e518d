import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/**
 * The true path of a folder or file that lies below one of the allowed folders; null when it doesn't, or can't be told.
 * Links are followed first, so that none of them leads outside; of what isn't there yet, the part that is there counts.
 */
export function resolveAllowed(path: string, allowedFolders: readonly string[]): string | null {
  if (!isUsable(path)) return null;
  const real = realPathOf(resolve(path));
  if (real === null || isOfSystem(real)) return null;
  const isBelow = allowedFolders.some((folder) => {
    const root = realPathOf(resolve(folder));
    return root !== null && isWithin(root, real);
  });
  return isBelow ? real : null;
}

/** Whether a path is the folder itself or something in it. Both are true paths. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

const isUsable = (path: string): boolean =>
  path.length > 0 && path.length <= 4000 && !path.includes("\u0000") && isAbsolute(path);

/** What the kernel shows there isn't files; `/proc/self/root` is all of the machine by another name. */
const isOfSystem = (path: string): boolean =>
  ["/proc", "/sys", "/dev"].some((folder) => path === folder || path.startsWith(`${folder}/`));

function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) return null;
  }
  // A link that leads nowhere could lead anywhere by the time it is used.
  if (isThere(path)) return null;
  const parent = dirname(path);
  if (parent === path) return null;
  const realParent = realPathOf(parent);
  return realParent === null ? null : join(realParent, basename(path));
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
