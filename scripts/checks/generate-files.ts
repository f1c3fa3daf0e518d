import { runTool } from "../bundle/run-tool.ts";

/** Writes what is made from the sources: migrations from the schema, the OpenAPI document and the table of permissions from the contract. */
export async function generateFiles(): Promise<void> {
  await runTool(
    "Comparing the schema with its migrations",
    "../../node_modules/drizzle-kit/bin.cjs",
    ["generate"],
    "packages/db",
  );
  await runTool("Writing docs/openapi.json", "apps/api/scripts/write-openapi.ts", []);
  await runTool("Writing docs/permissions.md", "apps/api/scripts/write-permissions.ts", []);
}
