import { expect, it } from "vitest";
import { invalid, keepValues, readDetails } from "./failure.ts";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

it("puts a schema's messages at the innermost named field", () => {
  const form = formOf({ intent: "hire", url: "nope" });
  const failure = invalid(form, [
    { path: ["adapterConfig", "url"], message: "Invalid URL" },
    { path: ["labelIds", 0], message: "Invalid UUID" },
  ]);
  expect(failure).toMatchObject({
    intent: "hire",
    fields: { url: "Invalid URL.", labelIds: "Invalid UUID." },
    values: { url: "nope" },
  });
});

it("reads the findings of an API error, and nothing else", () => {
  expect(readDetails([{ path: "runtimeConfig.heartbeat.intervalSec", message: "Too small" }])).toEqual({
    intervalSec: "Too small.",
  });
  expect(readDetails({ reason: "held" })).toEqual({});
  expect(readDetails(null)).toEqual({});
});

it("never sends passwords and tokens back", () => {
  expect(keepValues(formOf({ email: "a@b.c", password: "x", newPassword: "y", token: "z" }))).toEqual({
    email: "a@b.c",
  });
});
