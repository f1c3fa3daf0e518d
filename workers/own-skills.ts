import type { ApiEnv } from "@boardroom/api";
// Bundled as text, by the rule for it in wrangler.toml.
import boardroom from "../skills/boardroom/SKILL.md";

/** What Boardroom itself teaches every agent that a runner starts. */
export const ownSkills: ApiEnv["ownSkills"] = [{ key: "boardroom", files: [{ path: "SKILL.md", content: boardroom }] }];
