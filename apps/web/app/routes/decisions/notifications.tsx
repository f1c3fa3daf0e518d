import { type DecisionKind, decisionKinds, operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, parseForm } from "../../forms/act.ts";
import { readChecked, readOptional, readText } from "../../forms/read.ts";
import { useFailure } from "../../forms/use-result.ts";
import { type CompanyActionArgs, companyLoader } from "../../server/board.ts";
import { Submit } from "../../ui/button.tsx";
import { PushDevices } from "../../ui/decision/push-devices.tsx";
import { Checkbox, Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Notifications · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => {
  const params = { cid: company.id };
  const [preferences, devices] = await Promise.all([
    api.call("notifications.preferences", { params }),
    api.call("pushSubscriptions.list", { params }),
  ]);
  return { preferences, devices, isSaved: url.searchParams.has("saved") };
});

export const action = companyAction(async (args) => {
  const { api, company, form, intent } = args;
  const params = { cid: company.id };
  if (intent === "subscribe") {
    const body = {
      endpoint: readText(form, "endpoint"),
      p256dh: readText(form, "p256dh"),
      auth: readText(form, "auth"),
      label: readText(form, "label") || "A browser",
    };
    await api.call("pushSubscriptions.create", {
      params,
      body: parseForm(operations["pushSubscriptions.create"].body, body, form),
    });
  } else if (intent === "forget") {
    await api.call("pushSubscriptions.delete", { params: { ...params, sid: readText(form, "deviceId") } });
  } else await savePreferences(args);
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/notifications${intent === "save" ? "?saved" : ""}`);
});

async function savePreferences({ api, company, form }: CompanyActionArgs): Promise<void> {
  const chosen = (channel: string) => decisionKinds.filter((kind) => readChecked(form, `${channel}-${kind}`));
  const body = {
    emailKinds: chosen("email"),
    pushKinds: chosen("push"),
    quietFrom: readOptional(form, "quietFrom"),
    quietTo: readOptional(form, "quietTo"),
    timeZone: readText(form, "timeZone"),
    urgentBreaksQuiet: readChecked(form, "urgentBreaksQuiet"),
  };
  await api.call("notifications.prefer", {
    params: { cid: company.id },
    body: parseForm(operations["notifications.prefer"].body, body, form),
  });
}

const kindWords: Record<DecisionKind, string> = {
  approval: "Approvals",
  interaction: "Questions",
  tool_approval: "Tool calls",
  budget_incident: "Budgets",
  blocked_issue: "Blocked issues",
  review: "Reviews",
};

export default function Notifications() {
  const { preferences, devices, isSaved } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const failure = useFailure("subscribe");
  const { emailKinds, pushKinds, quietFrom, quietTo, timeZone, urgentBreaksQuiet, pushKey } = preferences;
  return (
    <Page title="Notifications" back={`${base}/settings`} narrow>
      <div className="stack" data-wide>
        {isSaved && <Notice tone="good">Saved.</Notice>}
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        <Section title="Devices that take pushes">
          <PushDevices pushKey={pushKey} devices={devices} />
        </Section>
        <Section title="What you hear of">
          <Form intent="save" preventScrollReset>
            <table className="kind-table">
              <thead>
                <tr>
                  <th scope="col">What waits</th>
                  <th scope="col">Mail</th>
                  <th scope="col">Push</th>
                </tr>
              </thead>
              <tbody>
                {decisionKinds.map((kind) => (
                  <tr key={kind}>
                    <th scope="row">{kindWords[kind]}</th>
                    <Choice channel="email" kind={kind} label="by mail" isChosen={emailKinds.includes(kind)} />
                    <Choice channel="push" kind={kind} label="by push" isChosen={pushKinds.includes(kind)} />
                  </tr>
                ))}
              </tbody>
            </table>
            <div className="field-pair" data-always>
              <Input label="Quiet from" name="quietFrom" type="time" defaultValue={quietFrom ?? ""} optional />
              <Input label="Quiet to" name="quietTo" type="time" defaultValue={quietTo ?? ""} optional />
            </div>
            <Input
              label="Time zone"
              name="timeZone"
              defaultValue={timeZone}
              hint="As in Europe/Berlin. What comes in quiet hours waits for their end."
              required
            />
            <Checkbox
              label="What is urgent comes at once"
              name="urgentBreaksQuiet"
              defaultChecked={urgentBreaksQuiet}
              hint="Tool calls, used up budgets, and what has waited too long."
            />
            <div className="form-actions">
              <Submit intent="save">Save</Submit>
            </div>
          </Form>
        </Section>
      </div>
    </Page>
  );
}

interface ChoiceProps {
  channel: string;
  kind: DecisionKind;
  label: string;
  isChosen: boolean;
}

function Choice({ channel, kind, label, isChosen }: ChoiceProps) {
  return (
    <td>
      <label>
        <input type="checkbox" name={`${channel}-${kind}`} defaultChecked={isChosen} />
        <span className="visually-hidden">
          {kindWords[kind]} {label}
        </span>
      </label>
    </td>
  );
}
