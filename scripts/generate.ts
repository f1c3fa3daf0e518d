import { generateFiles } from "./checks/generate-files.ts";

await generateFiles();
