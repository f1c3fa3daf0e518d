import { refusedTo } from "@boardroom/contract";
import { Outlet } from "@remix-run/react";
import { useLive } from "../live/use-live.ts";
import { companyLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";
import { AppShell } from "../ui/app-shell.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { RouteAnnouncer } from "../ui/route-announcer.tsx";
import { Shortcuts } from "../ui/shortcuts.tsx";
import { SlowNavigation } from "../ui/slow-navigation.tsx";
import { Toasts } from "../ui/toast.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";

export const loader = companyLoader(async ({ api, context, company }) => {
  const [companies, badges] = await Promise.all([
    listCompanies(context),
    api.call("companies.badges", { params: { cid: company.id } }),
  ]);
  return {
    company,
    base: basePath(company.issuePrefix),
    companies: companies.map(({ name, issuePrefix }) => ({ name, base: basePath(issuePrefix) })),
    badges,
    refused: refusedTo(company.role ?? "viewer"),
  };
});

function basePath(prefix: string): string {
  return `/${prefix.toLowerCase()}`;
}

export default function CompanyPages() {
  const { company } = useCompany();
  const { isReconnecting } = useLive(company.id);
  return (
    <Toasts>
      <AppShell isReconnecting={isReconnecting}>
        <SlowNavigation>
          <Outlet />
        </SlowNavigation>
      </AppShell>
      <Shortcuts />
      <RouteAnnouncer />
    </Toasts>
  );
}

export function ErrorBoundary() {
  return (
    <main className="page">
      <ErrorPage />
    </main>
  );
}
