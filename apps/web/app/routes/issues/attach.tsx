import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { failWith } from "../../forms/act.ts";
import { useFailure } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { sendAttachment } from "../../server/send-attachment.ts";
import { AttachForm } from "../../ui/issue/attachments.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Attach a file to ${data?.identifier ?? "an issue"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, params }) => {
  const { identifier, title } = await api.call("issues.get", { params: { id: params.identifier ?? "" } });
  return { identifier, title };
});

/** The form is not read here: it goes on to the API as it comes, so that nobody holds the whole file. */
export const action = async ({ context, request, params }: ActionFunctionArgs) => {
  try {
    await sendAttachment(context, request, params.company ?? "", params.identifier ?? "");
  } catch (error) {
    const asked = new FormData();
    asked.set("intent", "attach");
    return failWith(error, request, asked);
  }
  return redirect(`/${params.company}/issues/${params.identifier}`);
};

export default function AttachFile() {
  const { identifier, title } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const path = `${base}/issues/${identifier}`;
  const failure = useFailure("attach");
  return (
    <Page title="Attach a file" back={path} backLabel={`Back to ${identifier}`} narrow calls="issues.comment">
      <div className="stack">
        <p className="muted">
          To {identifier} {title}
        </p>
        {!failure && <Notice>Everybody who sees the issue sees its files, agents too.</Notice>}
        <AttachForm path={path} kind="primary" />
      </div>
    </Page>
  );
}
