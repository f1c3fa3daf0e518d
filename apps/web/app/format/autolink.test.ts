import { expect, it } from "vitest";
import { splitLinks } from "./autolink.ts";

it("links https addresses and leaves the sentence's punctuation outside", () => {
  expect(splitLinks("See https://a.dev/x?y=1. (or https://b.dev)")).toEqual([
    { kind: "text", text: "See " },
    { kind: "link", href: "https://a.dev/x?y=1" },
    { kind: "text", text: ". (or " },
    { kind: "link", href: "https://b.dev" },
    { kind: "text", text: ")" },
  ]);
});

it("links nothing but https", () => {
  const text = "javascript:alert(1) http://a.dev <b>";
  expect(splitLinks(text)).toEqual([{ kind: "text", text }]);
});

it("keeps brackets that belong to the address", () => {
  expect(splitLinks("https://a.dev/x_(y)")).toEqual([{ kind: "link", href: "https://a.dev/x_(y)" }]);
});
