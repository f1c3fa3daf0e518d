import { expect, it } from "vitest";
import { invalid, keepValues, readDetails } from "./failure.ts";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

it("puts a schema's messages at the innermost named field", () => {
  const form = formOf({ intent: "hire", title: "nope" });
  const failure = invalid(form, [
    { path: ["body", "title"], message: "Too long" },
    { path: ["labelIds", 0], message: "Invalid UUID" },
  ]);
  expect(failure).toMatchObject({
    intent: "hire",
    fields: { title: "Too long.", labelIds: "Invalid UUID." },
    values: { title: "nope" },
  });
});

it("reads the findings of an API error, and nothing else", () => {
  expect(readDetails([{ path: "runtimeConfig.heartbeat.intervalSec", message: "Too small" }])).toEqual({
    intervalSec: "Too small.",
  });
  expect(readDetails({ reason: "held" })).toEqual({});
  expect(readDetails(null)).toEqual({});
});

it("puts a message about an adapter's setting at its control, however deep it lies", () => {
  const form = formOf({ intent: "hire" });
  const findings = [
    { path: ["adapterConfig", "url"], message: "Invalid URL" },
    { path: ["adapterConfig", "env", "REGION"], message: "Too long" },
  ];
  expect(invalid(form, findings).fields).toEqual({
    "adapterConfig.url": "Invalid URL.",
    "adapterConfig.env": "Too long.",
  });
});

it("never sends passwords and tokens back", () => {
  expect(keepValues(formOf({ email: "a@b.c", password: "x", newPassword: "y", token: "z" }))).toEqual({
    email: "a@b.c",
  });
  const form = formOf({ "adapterConfig.url": "u", "adapterConfig.apiKey": "k", secretField: "adapterConfig.apiKey" });
  expect(keepValues(form)).not.toHaveProperty(["adapterConfig.apiKey"]);
});
