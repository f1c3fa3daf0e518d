import { expect, it } from "vitest";
import { redactJson } from "./redact-json.ts";

it("masks secrets at any depth and leaves everything else as it is", () => {
  const token = `ghp_${"a1".repeat(18)}`;
  const told = {
    seq: 3,
    message: `use ${token}`,
    data: { deep: [{ input: `curl -H 'x: ${token}'` }, null, true, 1.5] },
  };
  const kept = redactJson(told);
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(kept).toMatchObject({ seq: 3, data: { deep: [{}, null, true, 1.5] } });
  expect(kept.message).toHaveLength(told.message.length);
});
