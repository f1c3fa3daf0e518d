import * as z from "zod";
import { agentSkill, companySkill, companySkillItem, skillFile, skillKey } from "../entities/skill.ts";
import { operation } from "../operation.ts";
import { agentParams, companyParams, id, idempotencyKey, name, pageQuery, text } from "../primitives.ts";

const tag = "Skills";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag } as const;
const ofSkill = {
  locate: { by: "company", param: "cid" },
  params: z.object({ cid: id, key: skillKey }),
  tag,
} as const;
const files = z
  .array(skillFile)
  .min(1)
  .max(40)
  .refine((all) => all.some(({ path }) => path === "SKILL.md"), "holds no SKILL.md")
  .refine((all) => new Set(all.map(({ path }) => path.toLowerCase())).size === all.length, "names a file twice");
const fields = { name: name(120), description: text(1000), files };

export const skillOperations = {
  "skills.list": operation({
    ...inCompany,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/skills",
    summary: "What a company teaches its agents, by key",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(companySkillItem),
    status: 200,
    paged: true,
  }),
  "skills.create": operation({
    ...inCompany,
    callers: ["user"],
    role: "admin",
    method: "POST",
    path: "/companies/:cid/skills",
    summary: "Teach the agents of a company something: a folder with a SKILL.md; all skills together stay under 500 kB",
    effect: "write",
    body: z.strictObject({ key: skillKey, ...fields, isEnabled: z.boolean().optional(), idempotencyKey }),
    output: companySkill,
    status: 201,
    creates: true,
    errors: ["already_exists", "payload_too_large"],
  }),
  "skills.get": operation({
    ...ofSkill,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/skills/:key",
    summary: "A skill with its files",
    effect: "read",
    output: companySkill,
    status: 200,
  }),
  "skills.replace": operation({
    ...ofSkill,
    callers: ["user"],
    role: "admin",
    method: "PUT",
    path: "/companies/:cid/skills/:key",
    summary: "Replace a skill; what is left out stays as it is",
    effect: "write",
    body: z.strictObject({
      name: fields.name.optional(),
      description: fields.description.optional(),
      files: files.optional(),
      isEnabled: z.boolean().optional(),
    }),
    output: companySkill,
    status: 200,
    errors: ["payload_too_large"],
  }),
  "skills.delete": operation({
    ...ofSkill,
    callers: ["user"],
    role: "admin",
    method: "DELETE",
    path: "/companies/:cid/skills/:key",
    summary: "Delete a skill",
    effect: "destroy",
    output: null,
    status: 204,
  }),
  "agents.skills": operation({
    locate: { by: "agent", param: "id" },
    params: agentParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/agents/:id/skills",
    summary: "What the runs of an agent are given: Boardroom's own skills and the company's",
    effect: "read",
    output: z.array(agentSkill),
    status: 200,
  }),
} as const;
