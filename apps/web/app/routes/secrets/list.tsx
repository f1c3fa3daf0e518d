import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyLoader } from "../../server/board.ts";
import { Tag } from "../../ui/notice.tsx";
import { SettingsList, SettingsListRow } from "../../ui/settings-list.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Secrets · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("secrets.list", { params: { cid: company.id }, query: { cursor } });
});

export default function Secrets() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <SettingsList
      title="Secrets"
      place="secrets"
      creates="secrets.create"
      add={["New secret", "Store a secret"]}
      empty="A key or password that agents work with and nobody reads. It is given to a run when it starts, and masked in all that the run says."
      nextCursor={nextCursor}
      rows={items.map((secret) => (
        <SettingsListRow
          key={secret.id}
          to={`${base}/settings/secrets/${secret.id}`}
          name={secret.name}
          hint={
            <>
              <code>{secret.key}</code>
              {" · "}
              {secret.referenceCount === 0 ? "not used" : `used in ${secret.referenceCount}`}
            </>
          }
          tag={secret.status === "disabled" && <Tag tone="attention">Disabled</Tag>}
          when={secret.lastResolvedAt ? <RelativeTime at={secret.lastResolvedAt} /> : "never given out"}
        />
      ))}
    />
  );
}
