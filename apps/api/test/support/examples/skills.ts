import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofSkill = (t: Tenant) => ({ params: { cid: t.cid, key: t.ids.skill } });
const files = () => [{ path: "SKILL.md", content: `# ${word()}\n` }];
const draft = () => ({ key: word(), name: word(), description: word(), files: files() });

export const skillExamples: ExamplesOf<"skills"> = {
  "skills.list": ofCompany,
  "skills.create": (t) => ({ ...ofCompany(t), body: draft() }),
  "skills.get": ofSkill,
  "skills.replace": (t) => ({ ...ofSkill(t), body: { description: word(), files: files() } }),
  "skills.delete": async (t) => {
    const { key } = await t.board.call("skills.create", { ...ofCompany(t), body: draft() });
    return { params: { cid: t.cid, key } };
  },
};
