import { Form, Link, type MetaFunction } from "@remix-run/react";
import Building from "lucide-react/icons/building-2";
import ChevronRight from "lucide-react/icons/chevron-right";
import { Button } from "../ui/button.tsx";
import { agents, issues, type Place, running, search, settings, work } from "../ui/nav-places.ts";
import { Page } from "../ui/page.tsx";
import { useCompany } from "../ui/use-company.ts";

export const meta: MetaFunction = () => [{ title: "More · Boardroom" }];

const places: Place[] = [...work, ...running].filter((place) => place !== issues && place !== agents);

export default function More() {
  const { base } = useCompany();
  return (
    <Page title="More" flush>
      <div className="list">
        {[search, ...places, settings].map(({ to, label, Icon }) => (
          <MoreRow
            key={to}
            to={base + to}
            label={label}
            icon={<Icon size={20} strokeWidth={1.75} aria-hidden="true" />}
          />
        ))}
        <MoreRow to="/chooser" label="Companies" icon={<Building size={20} strokeWidth={1.75} aria-hidden="true" />} />
      </div>
      <Form method="post" action="/sign-out" className="list-end">
        <Button type="submit">Sign out</Button>
      </Form>
    </Page>
  );
}

function MoreRow({ to, label, icon }: { to: string; label: string; icon: JSX.Element }) {
  return (
    <div className="row">
      {icon}
      <Link to={to} className="row-link">
        {label}
      </Link>
      <ChevronRight size={16} className="faint" aria-hidden="true" />
    </div>
  );
}
