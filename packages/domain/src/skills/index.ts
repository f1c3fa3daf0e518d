export * from "./create-skill.ts";
export * from "./delete-skill.ts";
export * from "./get-skill.ts";
export * from "./list-agent-skills.ts";
export * from "./list-skills.ts";
export * from "./replace-skill.ts";
export * from "./skills-of.ts";
