import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { loader } from "../../routes/projects/milestones.ts";
import { Select, useFormFailure } from "../field.tsx";
import { optionsOf } from "../labels.ts";
import { useCompany } from "../use-company.ts";

interface Named {
  id: string;
  name: string;
}
interface PlaceFieldsProps {
  projects: Named[];
  /** What is chosen at first, and the milestones of that project. */
  wished: { project: string; milestone: string };
  milestones: Named[];
}

/** The project of an issue and, where it has some, one of its milestones. */
export function PlaceFields({ projects, wished, milestones: known }: PlaceFieldsProps) {
  const { base } = useCompany();
  const typed = useFormFailure()?.values.projectId;
  const [projectId, setProjectId] = useState(typed ?? wished.project);
  const { data, load } = useFetcher<typeof loader>();
  const isOther = projectId !== "" && projectId !== wished.project;
  useEffect(() => {
    if (isOther) load(`${base}/projects/${projectId}/milestones`);
  }, [isOther, load, base, projectId]);
  const others = data?.projectId === projectId ? data.milestones : [];
  const milestones = isOther ? others : projectId === "" ? [] : known;
  return (
    <>
      <Select
        label="Project"
        name="projectId"
        defaultValue={wished.project}
        onChange={({ target }) => setProjectId(target.value)}
        options={optionsOf(projects, "No project")}
      />
      {milestones.length > 0 && (
        <Select
          key={projectId}
          label="Milestone"
          name="milestoneId"
          defaultValue={projectId === wished.project ? wished.milestone : ""}
          options={optionsOf(milestones, "No milestone")}
        />
      )}
    </>
  );
}
