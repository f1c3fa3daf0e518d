import type { RunnerCode } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../../forms/act.ts";
import { readText } from "../../forms/read.ts";
import { useFailure } from "../../forms/use-result.ts";
import { listAdapters } from "../../server/adapters.ts";
import { type CompanyActionArgs, companyLoader } from "../../server/board.ts";
import { forbiddenIsNone } from "../../server/forbidden.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { RunnerRow } from "../../ui/runner/runner-row.tsx";
import { RunnerWaits } from "../../ui/runner/waits.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { ClockTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Runners · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => {
  const isRevoked = url.searchParams.has("revoked");
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const params = { cid: company.id };
  const [page, waits, codes, adapters] = await Promise.all([
    api.page("runners.list", { params, query: { cursor, ...(isRevoked && { status: "revoked" as const }) } }),
    isRevoked ? [] : api.call("runners.waits", { params }),
    isRevoked ? [] : listOpenCodes(api, company.id),
    listAdapters(api, company),
  ]);
  return {
    isRevoked,
    ...page,
    waits,
    codes,
    labels: Object.fromEntries(adapters.map(({ type, label }) => [type, label])),
  };
});

/** Codes that a machine may still use. Only admins may see them; the page is there for others too. */
async function listOpenCodes(api: CompanyActionArgs["api"], cid: string): Promise<RunnerCode[]> {
  const codes = await api.call("runnerCodes.list", { params: { cid }, query: { limit: 20 } }).catch(forbiddenIsNone);
  return codes.filter(({ usedAt, expiresAt }) => usedAt === null && Date.parse(expiresAt) > Date.now());
}

export const action = companyAction(async ({ api, form }) => {
  await api.call("runnerCodes.revoke", { params: { id: readText(form, "codeId") } });
  return null;
});

export default function Runners() {
  const { isRevoked, items, nextCursor, waits, codes, labels } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const failure = useFailure();
  return (
    <Page
      title={isRevoked ? "Revoked runners" : "Runners"}
      back={isRevoked ? `${base}/runners` : undefined}
      flush
      actions={
        <ButtonLink to={`${base}/runners/new`} leadsTo="runnerCodes.create">
          <Plus size={16} aria-hidden="true" />
          Connect
        </ButtonLink>
      }
    >
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <RunnerWaits waits={waits} />
      {items.length > 0 ? (
        <div className="list">
          {items.map((runner) => (
            <RunnerRow key={runner.id} runner={runner} labels={labels} />
          ))}
        </div>
      ) : isRevoked ? (
        <EmptyState>No runner was revoked.</EmptyState>
      ) : (
        <EmptyState
          action={
            <ButtonLink to={`${base}/runners/new`} leadsTo="runnerCodes.create" kind="primary">
              Connect a machine
            </ButtonLink>
          }
        >
          A runner is a machine of yours, a laptop will do, on which Claude Code, Codex and other programs work as
          agents. It calls out only: no port is opened and no address needed.
        </EmptyState>
      )}
      {codes.length > 0 && <OpenCodes codes={codes} />}
      {nextCursor ? (
        <ListEnd nextCursor={nextCursor} search={search} all="" />
      ) : (
        !isRevoked && (
          <p className="list-end">
            <Link className="link" to="?revoked">
              Revoked runners
            </Link>
          </p>
        )
      )}
    </Page>
  );
}

/** Codes that were made and that no machine has used yet. */
function OpenCodes({ codes }: { codes: RunnerCode[] }) {
  return (
    <section aria-label="Codes that wait for a machine" className="list-group">
      <h2>Waiting for a machine</h2>
      <div className="list">
        {codes.map((code) => (
          <div className="row" data-tall key={code.id}>
            <div className="row-text">
              <span>{code.name ?? "Named by the machine"}</span>
              <small>
                The code works until <ClockTime at={code.expiresAt} />
              </small>
            </div>
            <Form intent="revoke-code" className="line" preventScrollReset>
              <input type="hidden" name="codeId" value={code.id} />
              <Submit intent="revoke-code" kind="quiet">
                Withdraw
              </Submit>
            </Form>
          </div>
        ))}
      </div>
    </section>
  );
}
