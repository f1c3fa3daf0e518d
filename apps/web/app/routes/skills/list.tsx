import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyLoader } from "../../server/board.ts";
import { Tag } from "../../ui/notice.tsx";
import { SettingsList, SettingsListRow } from "../../ui/settings-list.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Skills · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("skills.list", { params: { cid: company.id }, query: { cursor } });
});

export default function Skills() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <SettingsList
      title="Skills"
      place="skills"
      creates="skills.create"
      add={["New skill", "Write a skill"]}
      empty="A skill teaches every agent on your machines how this company does something: how it writes, releases or tests. How Boardroom itself works they are taught anyway."
      nextCursor={nextCursor}
      rows={items.map((skill) => (
        <SettingsListRow
          key={skill.key}
          to={`${base}/settings/skills/${skill.key}`}
          name={skill.name}
          hint={skill.description || skill.key}
          tag={!skill.isEnabled && <Tag>Off</Tag>}
          when={<RelativeTime at={skill.updatedAt} />}
        />
      ))}
    />
  );
}
