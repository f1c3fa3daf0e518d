import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { permissionsPage } from "./permissions-page.ts";

it("is written down as it is: run `npm run generate` when it isn't", () => {
  expect(readFileSync(new URL("../../../../docs/permissions.md", import.meta.url), "utf8")).toBe(permissionsPage());
});
