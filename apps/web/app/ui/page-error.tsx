import { ErrorPage } from "./error-page.tsx";
import { Page } from "./page.tsx";
import { useCompany } from "./use-company.ts";

/** The error boundary of pages inside a company: the frame stays, so that the way on is one tap. */
export function PageError() {
  const { base } = useCompany();
  return (
    <Page title="Not shown" back={base} backLabel="Home" flush>
      <ErrorPage />
    </Page>
  );
}
