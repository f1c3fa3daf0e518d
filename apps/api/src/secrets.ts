import type { SecretPort } from "@boardroom/domain";
import { fromBase64, toBase64 } from "./base64.ts";
import { newKey } from "./keys.ts";

const ivLength = 12;

/**
 * Seals secrets with AES-256-GCM. An envelope is `v1.<key id>.<iv>.<ciphertext>`; the context is authenticated with it, so a
 * sealed value opens only at the place it was sealed for.
 * @param masterKey 32 bytes in base64, with an id before a colon once there are several; those after commas only open
 */
export function createSecrets(masterKey: string): SecretPort {
  const rings = masterKey.split(",").map(readMasterKey);
  const [current] = rings;
  if (!current) throw new Error("The master key is empty.");
  const keys = new Map(rings.map(({ id, bytes }) => [id, importKey(bytes)]));
  return {
    seal: async (plain, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const sealed = await crypto.subtle.encrypt(cipher(iv, context), await keyOf(keys, current.id), encode(plain));
      return ["v1", current.id, toBase64(iv), toBase64(new Uint8Array(sealed))].join(".");
    },
    open: async (sealed, context) => {
      const [version, id = "", iv, body] = sealed.split(".");
      const bytes = { iv: fromBase64(iv ?? ""), body: fromBase64(body ?? "") };
      if (version !== "v1" || !bytes.iv || !bytes.body) throw new Error("This is not a sealed secret.");
      const opened = await crypto.subtle.decrypt(cipher(bytes.iv, context), await keyOf(keys, id), bytes.body);
      return new TextDecoder().decode(opened);
    },
    newWebhookSecret: () => `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`,
    newKey,
  };
}

function readMasterKey(text: string): { id: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, id = "1", encoded] = /^\s*(?:([A-Za-z0-9_-]{1,40}):)?([^:]+?)\s*$/.exec(text) ?? [];
  const bytes = fromBase64(encoded ?? "");
  if (bytes?.length !== 32) throw new Error("The master key must be 32 bytes in base64.");
  return { id, bytes };
}

const encode = (text: string) => new TextEncoder().encode(text);
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
