import { adapterInfo } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { adapterDefinitions } from "./definitions.ts";
import { adapterInfoOf, configSchemaOf, describeAdapter, describeAdapters } from "./describe-adapter.ts";
import { httpAdapter } from "./http/index.ts";

describe("what is said of an adapter", () => {
  it("lists each field with its type, default, range and description", () => {
    const text = describeAdapter(httpAdapter);
    expect(text).toMatch(/^# http: HTTP webhook\n/);
    expect(text).toContain("- url (string, required): Where the signed webhook goes");
    expect(text).toContain("- timeoutSec (integer, default 15, 1 to 25): How long an answer is awaited");
  });

  it("leaves what has a default out of what the schema requires", () => {
    expect(configSchemaOf(httpAdapter)).toMatchObject({
      type: "object",
      required: ["url"],
      additionalProperties: false,
    });
  });

  it("names every adapter with a reason and where to read on", () => {
    const text = describeAdapters(adapterDefinitions, (type) => `/api/llms/agent-configuration/${type}.txt`);
    for (const { type } of adapterDefinitions) {
      expect(text).toMatch(new RegExp(`^- ${type} \\(.+\\): \\S.+\n  /api/llms/agent-configuration/${type}.txt$`, "m"));
    }
  });

  it.each(adapterDefinitions.map((each) => [each.type, each] as const))(
    "says of %s what the contract takes",
    (_, adapter) => {
      const info = adapterInfoOf(adapter);
      expect(adapterInfo.parse(info)).toEqual(info);
      expect(JSON.parse(JSON.stringify(info))).toEqual(info);
    },
  );
});
