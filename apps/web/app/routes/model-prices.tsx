import { type ModelPrice, operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { formatPrice } from "../format/price.ts";
import { companyAction, parseForm } from "../forms/act.ts";
import { readPrice, readText } from "../forms/read.ts";
import { companyLoader } from "../server/board.ts";
import { Submit } from "../ui/button.tsx";
import { ConfirmSheet } from "../ui/confirm-sheet.tsx";
import { Input } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { Page, Section } from "../ui/page.tsx";
import { Sheet, SheetLink } from "../ui/sheet.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Model prices · Boardroom" }];

export const loader = companyLoader(async ({ api, company }) => {
  const prices = await api.call("costs.prices", { params: { cid: company.id } });
  return {
    own: prices.filter(({ id }) => id !== null),
    known: prices.filter(({ id }) => id === null),
    today: new Date().toISOString().slice(0, 10),
  };
});

export const action = companyAction(async ({ api, company, form, intent }) => {
  const params = { cid: company.id };
  if (intent === "set-price") {
    const body = {
      provider: readText(form, "provider"),
      model: readText(form, "model"),
      validFrom: readText(form, "validFrom"),
      inputCents: readPrice(form, "inputCents"),
      cachedInputCents: readPrice(form, "cachedInputCents"),
      outputCents: readPrice(form, "outputCents"),
    };
    await api.call("costs.setPrice", { params, body: parseForm(operations["costs.setPrice"].body, body, form) });
  } else {
    await api.call("costs.deletePrice", { params: { ...params, id: intent.replace("forget-", "") } });
  }
  return redirect(`/${company.issuePrefix.toLowerCase()}/costs/prices`);
});

export default function ModelPrices() {
  const { own, known, today } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const newPrice = (
    <SheetLink sheet="set-price" leadsTo="costs.setPrice" className="button">
      <Plus size={16} aria-hidden="true" />
      New price
    </SheetLink>
  );
  return (
    <Page title="Model prices" back={`${base}/costs`} backLabel="Costs" narrow actions={newPrice}>
      <div className="stack" data-wide>
        <p className="muted">
          Where a run says which tokens it used but not what they cost, its cost is estimated by these, in dollars per
          million tokens. Your own win.
        </p>
        <Section title="Your own">
          {own.length === 0 ? (
            <EmptyState>
              None yet. Name a price where you pay another one, or use a model that is missing below.
            </EmptyState>
          ) : (
            <PriceList prices={own} />
          )}
        </Section>
        <Section title="Known to Boardroom">
          <PriceList prices={known} />
        </Section>
      </div>
      <PriceSheet today={today} />
      {own.map(({ id, model }) => (
        <ConfirmSheet key={id} name={`forget-${id}`} title={`Forget the price of ${model}?`} confirm="Forget it">
          <p>Estimates that were made by it stay as they are. Later ones go by what is known otherwise.</p>
        </ConfirmSheet>
      ))}
    </Page>
  );
}

function PriceList({ prices }: { prices: ModelPrice[] }) {
  return (
    <ul className="bordered">
      {prices.map((price) => (
        <li key={`${price.provider} ${price.model} ${price.validFrom}`} className="row" data-tall>
          <span className="row-text">
            <span>{price.model}</span>
            <small>
              {price.provider}, {validity(price)}
            </small>
            <small className="tabular">
              {formatPrice(price.inputCents)} in · {formatPrice(price.cachedInputCents)} cached ·{" "}
              {formatPrice(price.outputCents)} out
            </small>
          </span>
          {price.id && (
            <SheetLink sheet={`forget-${price.id}`} leadsTo="costs.deletePrice" className="button" data-kind="quiet">
              Forget
              <span className="visually-hidden"> the price of {price.model}</span>
            </SheetLink>
          )}
        </li>
      ))}
    </ul>
  );
}

const validity = ({ validFrom, validUntil }: ModelPrice) =>
  validUntil === null ? `from ${validFrom}` : `${validFrom} until ${validUntil}`;

function PriceSheet({ today }: { today: string }) {
  return (
    <Sheet name="set-price" title="What a model costs you">
      <Form intent="set-price" replace preventScrollReset>
        <Input label="Provider" name="provider" placeholder="anthropic" required maxLength={100} />
        <Input label="Model" name="model" hint="As your agents report it." required maxLength={200} />
        <Input label="From" name="validFrom" type="date" defaultValue={today} required />
        <Input label="Input, $ per million tokens" name="inputCents" inputMode="decimal" required />
        <Input label="Cached input" name="cachedInputCents" inputMode="decimal" required />
        <Input label="Output" name="outputCents" inputMode="decimal" required />
        <div className="form-actions">
          <Submit intent="set-price">Save the price</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
