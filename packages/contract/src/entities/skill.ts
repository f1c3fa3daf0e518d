import * as z from "zod";
import { id, instant, name, text } from "../primitives.ts";

/** A file of a skill, by its path inside the skill's folder. */
export const skillFile = z
  .object({
    path: z
      .string()
      .max(200)
      .regex(/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*$/, "is not a path inside the skill"),
    content: text(100_000),
  })
  .meta({ id: "SkillFile" });

export const skillKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "is not a key: small letters, digits and dashes");

/** What agents are taught: a folder with a `SKILL.md`. Every run of the company gets it. */
export const companySkill = z
  .object({
    id,
    companyId: id,
    key: skillKey,
    name: name(120),
    description: text(1000),
    files: z.array(skillFile).min(1).max(40),
    isEnabled: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "CompanySkill" });

/** A skill in a list: without what its files hold. */
export const companySkillItem = companySkill
  .omit({ files: true })
  .extend({ fileCount: z.number().int(), chars: z.number().int().describe("Of all its files together") })
  .meta({ id: "CompanySkillItem" });

/** A skill as the runs of an agent get it. */
export const agentSkill = z
  .object({
    key: skillKey,
    name: z.string(),
    description: z.string(),
    source: z.enum(["boardroom", "company"]),
    fileCount: z.number().int(),
  })
  .meta({ id: "AgentSkill" });

export type SkillFile = z.infer<typeof skillFile>;
export type CompanySkill = z.infer<typeof companySkill>;
export type AgentSkill = z.infer<typeof agentSkill>;
