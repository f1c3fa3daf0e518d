import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyLoader } from "../server/board.ts";
import { Page, Section } from "../ui/page.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Audit · Boardroom" }];

export const loader = companyLoader(({ api, company }) => api.call("audit.state", { params: { cid: company.id } }));

export default function Audit() {
  const state = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  const file = `audit-${company.id}.ndjson`;
  return (
    <Page title="Audit" back={`${base}/settings`} narrow>
      <div className="stack" data-wide>
        <p>
          Whatever anybody changes is written down, and nobody can take it back. Each minute what was written is sealed:
          changing, removing, adding or moving one entry later breaks its seal.
        </p>
        <dl className="facts">
          <div className="fact">
            <dt>Sealed</dt>
            <dd>
              {state.sealedRows.toLocaleString("en")} entries under {state.sealCount.toLocaleString("en")}{" "}
              {state.sealCount === 1 ? "seal" : "seals"}
            </dd>
          </div>
          <div className="fact">
            <dt>Not yet sealed</dt>
            <dd>{state.unsealedRows.toLocaleString("en")}</dd>
          </div>
          <div className="fact">
            <dt>Last seal</dt>
            <dd>{state.lastSealedAt ? <RelativeTime at={state.lastSealedAt} /> : "none yet"}</dd>
          </div>
        </dl>
        <Section title="Check it yourself">
          <ol className="stack">
            <li className="stack" data-tight>
              <p>Download the log with its seals. Owners and admins may.</p>
              <a
                className="button"
                data-kind="primary"
                href={`/api/companies/${company.id}/audit/export`}
                download={file}
              >
                Download the log
              </a>
            </li>
            <li className="stack" data-tight>
              <p>Check the file on a machine of your own, without a network. It needs Node and nothing else.</p>
              <pre className="code">
                <code>{`boardroom-verify --key ${state.publicKey} ${file}`}</code>
              </pre>
            </li>
            {state.lastHash && (
              <li className="stack" data-tight>
                <p>
                  Note the last seal somewhere else. With --hash a later check proves that nothing before it changed.
                </p>
                <pre className="code">
                  <code>{state.lastHash}</code>
                </pre>
              </li>
            )}
          </ol>
        </Section>
      </div>
    </Page>
  );
}
