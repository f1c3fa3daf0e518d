import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofGoal = (t: Tenant) => ({ params: { id: t.ids.goal } });
const ofProject = (t: Tenant) => ({ params: { id: t.ids.project } });
const ofMilestone = (t: Tenant) => ({ params: { id: t.ids.milestone } });
const idOf = ({ id }: { id: string }) => ({ params: { id } });

export const workExamples: ExamplesOf<"goals" | "projects" | "milestones" | "labels"> = {
  "goals.list": ofCompany,
  "goals.create": (t) => ({
    ...ofCompany(t),
    body: { title: word(), parentId: t.ids.goal, ownerAgentId: t.ids.agent, level: "team" },
  }),
  "goals.get": ofGoal,
  "goals.update": async (t) => ({
    ...idOf(
      await t.board.call("goals.create", { ...ofCompany(t), body: { title: word(), ownerAgentId: t.ids.agent } }),
    ),
    body: { description: word(), ownerAgentId: t.ids.colleague },
  }),
  "goals.delete": async (t) => idOf(await t.board.call("goals.create", { ...ofCompany(t), body: { title: word() } })),
  "projects.list": ofCompany,
  "projects.create": (t) => ({
    ...ofCompany(t),
    body: { name: word(), leadAgentId: t.ids.agent, goalIds: [t.ids.goal], targetDate: "2031-02-28" },
  }),
  "projects.get": ofProject,
  "projects.update": (t) => ({ ...ofProject(t), body: { description: word(), goalIds: [t.ids.goal] } }),
  "projects.delete": async (t) =>
    idOf(await t.board.call("projects.create", { ...ofCompany(t), body: { name: word() } })),
  "milestones.list": ofProject,
  "milestones.create": (t) => ({ ...ofProject(t), body: { name: word(), targetDate: "2031-02-28" } }),
  "milestones.get": ofMilestone,
  "milestones.update": (t) => ({ ...ofMilestone(t), body: { description: word() } }),
  "milestones.delete": async (t) =>
    idOf(await t.board.call("milestones.create", { ...ofProject(t), body: { name: word() } })),
  "labels.list": ofCompany,
  "labels.create": (t) => ({ ...ofCompany(t), body: { name: word(), color: "#abcdef" } }),
  "labels.update": (t) => ({ params: { id: t.ids.label }, body: { color: "#123456" } }),
  "labels.merge": async (t) => ({
    ...idOf(await t.board.call("labels.create", { ...ofCompany(t), body: { name: word() } })),
    body: { intoLabelId: t.ids.label },
  }),
  "labels.delete": async (t) => idOf(await t.board.call("labels.create", { ...ofCompany(t), body: { name: word() } })),
};
