import { createECDH, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalServiceError } from "../local-service-error.ts";

/** What one installation makes up for itself on its first start and keeps. */
export interface HomeSecrets {
  appPassword: string;
  systemPassword: string;
  authSecret: string;
  jwtSecret: string;
  /** An id and 32 bytes in base64. */
  masterKey: string;
  /** 32 bytes in base64. */
  signingKey: string;
  /** Signs web pushes: a key pair of P-256 in base64url. */
  vapid: { publicKey: string; privateKey: string };
  queueToken: string;
  queueSigningKeys: { current: string; next: string };
}

export function makeSecrets(): HomeSecrets {
  const random = () => randomBytes(32).toString("base64url");
  return {
    appPassword: random(),
    systemPassword: random(),
    authSecret: random(),
    jwtSecret: random(),
    masterKey: `k1:${randomBytes(32).toString("base64")}`,
    signingKey: randomBytes(32).toString("base64"),
    vapid: makeVapidKeys(),
    queueToken: random(),
    queueSigningKeys: { current: `sig_${random()}`, next: `sig_${random()}` },
  };
}

function makeVapidKeys(): HomeSecrets["vapid"] {
  const pair = createECDH("prime256v1");
  const publicKey = pair.generateKeys("base64url");
  // Leading zeros belong to the key.
  return {
    publicKey,
    privateKey: Buffer.from(pair.getPrivateKey("hex").padStart(64, "0"), "hex").toString("base64url"),
  };
}

/** Reads the secrets of this installation, or makes them; the file is for its owner's eyes only. */
export async function readHomeSecrets(home: string): Promise<HomeSecrets> {
  const file = join(home, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  // Secrets that later versions add are made up for older homes.
  const kept = text === null ? {} : parseSecrets(text, file);
  const secrets: HomeSecrets = { ...makeSecrets(), ...kept };
  const wanted = `${JSON.stringify(secrets, null, 2)}\n`;
  if (text !== wanted) await writePrivately(home, file, wanted);
  return secrets;
}

function parseSecrets(text: string, file: string): Partial<HomeSecrets> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // Told below.
  }
  throw new LocalServiceError("data_folder_broken", `${file} is broken; restore it, or move its folder away.`);
}

/** Written beside and moved into place, so that a full disk leaves the old file whole. */
export async function writePrivately(home: string, file: string, text: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
