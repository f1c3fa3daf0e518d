import type { MetaFunction } from "@remix-run/cloudflare";
import { redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../../forms/act.ts";
import { useFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { forbiddenIsNone } from "../../server/forbidden.ts";
import { actOnMembers, type MadeLink } from "../../server/member-actions.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { InviteRow } from "../../ui/members/invite-row.tsx";
import { JoinRequestRow } from "../../ui/members/join-request-row.tsx";
import { MemberRow } from "../../ui/members/member-row.tsx";
import { MemberSheet } from "../../ui/members/member-sheet.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Members · Boardroom" }];

export const loader = companyLoader(async ({ api, company }) => {
  const params = { cid: company.id };
  const [me, members, invites, requests] = await Promise.all([
    api.call("cliAuth.me", {}),
    api.call("companies.members", { params, query: { limit: 200 } }),
    api.call("invites.list", { params, query: { limit: 100 } }).catch(forbiddenIsNone),
    api.call("joinRequests.list", { params, query: { status: "pending", limit: 100 } }).catch(forbiddenIsNone),
  ]);
  const mine = members.find(({ userId }) => userId === me.userId);
  return {
    members,
    invites: invites.filter(({ acceptedAt, revokedAt }) => acceptedAt === null && revokedAt === null),
    requests,
    myId: mine?.id ?? null,
    myRole: mine?.role ?? "viewer",
  };
});

export const action = companyAction(async (args) => {
  const made = await actOnMembers(args);
  if (made) return made;
  if (args.intent === "leave") return redirect("/");
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/settings/members`);
});

export default function Members() {
  const { members, invites, requests, myId, myRole } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  const failure = useFailure();
  const [search] = useSearchParams();
  const result = useResult<MadeLink>();
  const decides = myRole === "admin" || myRole === "owner";
  return (
    <Page
      title="Members"
      back={`${base}/settings`}
      narrow
      actions={
        decides && (
          <ButtonLink to={`${base}/settings/members/invite`}>
            <Plus size={16} aria-hidden="true" />
            Invite
          </ButtonLink>
        )
      }
    >
      <div className="stack" data-wide>
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        {search.has("sent") && <Notice tone="good">The invite is on its way.</Notice>}
        {result && "link" in result && (
          <CopyOnce title="New link" secret={result.link} hint="Send it to whom it is for." />
        )}
        {requests.length > 0 && (
          <Section title="Ask to join">
            <div className="bordered">
              {requests.map((request) => (
                <JoinRequestRow key={request.id} request={request} />
              ))}
            </div>
          </Section>
        )}
        <Section title="People">
          <div className="bordered">
            {members.map((member) => (
              <MemberRow key={member.id} member={member} isMe={member.id === myId} canChange={decides} />
            ))}
          </div>
        </Section>
        {decides && (
          <Section title="Open invites">
            {invites.length === 0 ? (
              <p className="muted">Nobody is invited at the moment.</p>
            ) : (
              <div className="bordered">
                {invites.map((invite) => (
                  <InviteRow key={invite.id} invite={invite} />
                ))}
              </div>
            )}
          </Section>
        )}
        <div className="form-actions">
          <SheetLink sheet="leave" className="button" data-kind="danger">
            Leave {company.name}
          </SheetLink>
        </div>
      </div>
      {decides &&
        members.map((member) => <MemberSheet key={member.id} member={member} canMakeOwner={myRole === "owner"} />)}
      <ConfirmSheet name="leave" title={`Leave ${company.name}`} confirm="Leave it">
        <p>You see nothing of it any more. Somebody there has to invite you to come back.</p>
      </ConfirmSheet>
    </Page>
  );
}
