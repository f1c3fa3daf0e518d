import type { SecretPort, WrappedKey } from "@boardroom/domain";
import { fromBase64, toBase64 } from "./base64.ts";
import { newKey } from "./keys.ts";

const ivLength = 12;

/**
 * Seals secrets with AES-256-GCM. An envelope is `v1.<key id>.<iv>.<ciphertext>`; the context is authenticated with it, so a
 * sealed value opens only at the place it was sealed for. What companies store is sealed with a data key of theirs
 * (`d1.<iv>.<ciphertext>`), which is itself sealed so: a new master key has only to wrap those anew.
 * @param masterKey 32 bytes in base64, with an id before a colon once there are several; those after commas only open
 */
export function createSecrets(masterKey: string): SecretPort {
  const rings = masterKey.split(",").map(readMasterKey);
  const [current] = rings;
  if (!current) throw new Error("The master key is empty.");
  const keys = new Map(rings.map(({ id, bytes }) => [id, importKey(bytes)]));
  const seal = async (plain: Uint8Array<ArrayBuffer>, context: string) =>
    ["v1", current.id, ...(await encrypt(await keyOf(keys, current.id), plain, context))].join(".");
  const open = async (sealed: string, context: string) => {
    const [version, id = "", ...body] = sealed.split(".");
    if (version !== "v1") throw notSealed();
    return decrypt(await keyOf(keys, id), body, context);
  };
  const dataKey = async ({ wrapped, context }: WrappedKey) => importKey(await open(wrapped, context));
  return {
    masterKeyId: current.id,
    seal: (plain, context) => seal(encode(plain), context),
    open: async (sealed, context) => decode(await open(sealed, context)),
    reseal: async (sealed, context) =>
      sealed.startsWith(`v1.${current.id}.`) ? null : seal(await open(sealed, context), context),
    newDataKey: (context) => seal(crypto.getRandomValues(new Uint8Array(32)), context),
    sealWith: async (key, plain, context) =>
      ["d1", ...(await encrypt(await dataKey(key), encode(plain), context))].join("."),
    openWith: async (key, sealed, context) => {
      const [version, ...body] = sealed.split(".");
      if (version !== "d1") throw notSealed();
      return decode(await decrypt(await dataKey(key), body, context));
    },
    newWebhookSecret: () => `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`,
    newKey,
  };
}

async function encrypt(key: CryptoKey, plain: Uint8Array<ArrayBuffer>, context: string): Promise<string[]> {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const sealed = await crypto.subtle.encrypt(cipher(iv, context), key, plain);
  return [toBase64(iv), toBase64(new Uint8Array(sealed))];
}

async function decrypt(key: CryptoKey, [iv, body]: string[], context: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = { iv: fromBase64(iv ?? ""), body: fromBase64(body ?? "") };
  if (!bytes.iv || !bytes.body) throw notSealed();
  return new Uint8Array(await crypto.subtle.decrypt(cipher(bytes.iv, context), key, bytes.body));
}

const notSealed = () => new Error("This is not a sealed secret.");

function readMasterKey(text: string): { id: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, id = "1", encoded] = /^\s*(?:([A-Za-z0-9_-]{1,40}):)?([^:]+?)\s*$/.exec(text) ?? [];
  const bytes = fromBase64(encoded ?? "");
  if (bytes?.length !== 32) throw new Error("The master key must be 32 bytes in base64.");
  return { id, bytes };
}

const encode = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const cipher = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: encode(context),
});
const importKey = (bytes: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

function keyOf(keys: Map<string, Promise<CryptoKey>>, id: string): Promise<CryptoKey> {
  const key = keys.get(id);
  if (!key) throw new Error(`There is no master key "${id}".`);
  return key;
}
