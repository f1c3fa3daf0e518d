/** A key made of a name: `GitHub token` becomes `github-token`; `GITHUB_TOKEN` stays. */
export function secretKeyFrom(name: string): string {
  if (/^[A-Z][A-Z0-9_]{0,62}$/.test(name)) return name;
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = plain.replace(/[^a-z0-9_.]+/g, "-").replace(/^[^a-z]+|-+$/g, "");
  return key.slice(0, 63).replace(/-+$/, "") || "secret";
}
