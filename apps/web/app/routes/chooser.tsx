import { type MetaFunction, useLoaderData } from "@remix-run/react";
import { boardLoader } from "../server/board.ts";
import { Gate } from "../ui/gate.tsx";
import { Overview } from "../ui/overview.tsx";

export const meta: MetaFunction = () => [{ title: "Companies · Boardroom" }];

export const loader = boardLoader(({ context }) => context.api.call("companies.overview", {}));

export default function Chooser() {
  return (
    <Gate title="Companies">
      <Overview overview={useLoaderData<typeof loader>()} />
    </Gate>
  );
}
