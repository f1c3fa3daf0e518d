import { createSkill, deleteSkill, getSkill, listSkills, replaceSkill } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const skillHandlers: HandlersOf<"skills"> = {
  "skills.list": listSkills,
  "skills.create": createSkill,
  "skills.get": getSkill,
  "skills.replace": replaceSkill,
  "skills.delete": deleteSkill,
};
