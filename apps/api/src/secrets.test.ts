import { describe, expect, it } from "vitest";
import { toBase64 } from "./base64.ts";
import { createSecrets } from "./secrets.ts";

const bytes = (fill: number) => toBase64(new Uint8Array(32).fill(fill));

describe("createSecrets", () => {
  it("opens what it sealed, at the place it was sealed for", async () => {
    const secrets = createSecrets(`k1:${bytes(1)}`);
    const sealed = await secrets.seal("whsec_größe", "company a");
    expect(sealed).toMatch(/^v1\.k1\./);
    expect(sealed).not.toContain("whsec");
    expect(await secrets.open(sealed, "company a")).toBe("whsec_größe");
    await expect(secrets.open(sealed, "company b")).rejects.toThrow();
  });

  it("seals the same text differently each time", async () => {
    const secrets = createSecrets(bytes(1));
    expect(await secrets.seal("x", "c")).not.toBe(await secrets.seal("x", "c"));
  });

  it("still opens what an older key sealed, and seals with the newer", async () => {
    const sealed = await createSecrets(`old:${bytes(1)}`).seal("x", "c");
    const rotated = createSecrets(`new:${bytes(2)},old:${bytes(1)}`);
    expect(await rotated.open(sealed, "c")).toBe("x");
    expect(await rotated.seal("x", "c")).toMatch(/^v1\.new\./);
    await expect(createSecrets(`new:${bytes(2)}`).open(sealed, "c")).rejects.toThrow(/no master key/);
  });

  it("notices a changed envelope", async () => {
    const secrets = createSecrets(bytes(1));
    const sealed = await secrets.seal("x", "c");
    const changed = sealed.replace(/.(?=[^.]{4}$)/, (char) => (char === "A" ? "B" : "A"));
    await expect(secrets.open(changed, "c")).rejects.toThrow();
    await expect(secrets.open("plain text", "c")).rejects.toThrow();
  });

  it.each(["", "short", `k:${toBase64(new Uint8Array(16))}`, "k:not base64!"])("refuses %j as a master key", (key) => {
    expect(() => createSecrets(key)).toThrow(/32 bytes/);
  });

  it("makes webhook secrets of 32 bytes", () => {
    const secret = createSecrets(bytes(1)).newWebhookSecret();
    expect(atob(secret.replace(/^whsec_/, ""))).toHaveLength(32);
  });
});
