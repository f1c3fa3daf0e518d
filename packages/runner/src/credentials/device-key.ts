import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** The key that makes this device a runner; its private half never leaves the machine. */
export interface DeviceKey {
  /** PKCS #8 in PEM, as it is stored. */
  pem: string;
  privateKey: KeyObject;
  /** What the server gets. */
  publicJwk: { kty: "OKP"; crv: "Ed25519"; x: string };
}

export function createDeviceKey(): DeviceKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  return readDeviceKey(privateKey.export({ format: "pem", type: "pkcs8" }).toString());
}

/** @throws when the text is no Ed25519 key */
export function readDeviceKey(pem: string): DeviceKey {
  const privateKey = createPrivateKey(pem);
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (privateKey.asymmetricKeyType !== "ed25519" || x === undefined) throw new Error("This is no Ed25519 key.");
  return { pem, privateKey, publicJwk: { kty: "OKP", crv: "Ed25519", x } };
}
