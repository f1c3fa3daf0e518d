import { companyLoader } from "../../server/board.ts";
import { idOf } from "../../server/id-of.ts";
import { listMilestoneChoices } from "../../server/project-milestones.ts";

/** The milestones of a project, for a form in which another project was chosen. */
export const loader = companyLoader(async ({ api, params }) => {
  const projectId = idOf(params.project, "project");
  return { projectId, milestones: await listMilestoneChoices(api, projectId) };
});
