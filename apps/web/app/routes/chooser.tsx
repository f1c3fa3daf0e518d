import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { boardLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";
import { Avatar } from "../ui/avatar.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Gate } from "../ui/gate.tsx";
import { Tag } from "../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Companies · Boardroom" }];

export const loader = boardLoader(async ({ context }) => {
  const [companies, stats] = await Promise.all([
    listCompanies(context),
    context.api.call("companies.stats", { query: { limit: 200 } }),
  ]);
  return companies.map(({ id, name, issuePrefix, status }) => {
    const { agentCount = 0, pendingApprovals = 0 } = stats.find(({ companyId }) => companyId === id) ?? {};
    return { name, base: `/${issuePrefix.toLowerCase()}`, status, agentCount, pendingApprovals };
  });
});

export default function Chooser() {
  const companies = useLoaderData<typeof loader>();
  return (
    <Gate title="Companies">
      <div className="bordered">
        {companies.map((company) => (
          <div className="row" key={company.base} data-tall>
            <Avatar name={company.name} size={28} />
            <div className="row-text">
              <Link to={company.base} className="row-link">
                {company.name}
              </Link>
              <small>{company.agentCount === 1 ? "1 agent" : `${company.agentCount} agents`}</small>
            </div>
            <div className="meta">
              {company.pendingApprovals > 0 && <Tag tone="attention">{company.pendingApprovals} to decide</Tag>}
              {company.status !== "active" && <Tag>{company.status}</Tag>}
            </div>
          </div>
        ))}
      </div>
      <ButtonLink to="/welcome">New company</ButtonLink>
    </Gate>
  );
}
