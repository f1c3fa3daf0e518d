import { expect, it } from "vitest";
import { findPlainSecrets } from "./plain-secrets.ts";

it("finds what looks like a secret by its name or its form, and leaves references and plain settings alone", () => {
  const reference = ["$", "{secret:github}"].join("");
  const env = {
    GITHUB_TOKEN: "abcdefgh",
    LANG: "en_US.UTF-8",
    OTHER: `ghp_${"a".repeat(36)}`,
    API_KEY: reference,
    PASS: "short",
  };
  const config = { command: "x", env, headers: { Authorization: "Basic abcdefg", "X-Trace": "12345678" } };
  expect(findPlainSecrets(config)).toEqual([
    { section: "env", field: "GITHUB_TOKEN" },
    { section: "env", field: "OTHER" },
    { section: "headers", field: "Authorization" },
  ]);
  expect(findPlainSecrets({})).toEqual([]);
});
