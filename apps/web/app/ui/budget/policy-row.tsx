import type { BudgetPolicy } from "@boardroom/contract";
import { describeScope, describeWindow } from "../../format/budget.ts";
import { formatMoney } from "../../format/money.ts";
import { Submit } from "../button.tsx";
import { ConfirmSheet } from "../confirm-sheet.tsx";
import { Form } from "../form.tsx";
import { Spend, SpendBar } from "../money.tsx";
import { Tag } from "../notice.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { AmountFields } from "./policy-fields.tsx";

/** One budget: whose, what is used of it, and the way to change it. */
export function PolicyRow({ policy }: { policy: BudgetPolicy }) {
  const title = `${describeScope(policy)} ${describeWindow(policy)}`;
  return (
    <div className="row" data-tall>
      <div className="row-text">
        <SheetLink sheet={`budget-${policy.id}`} leadsTo="budgets.updatePolicy" className="row-link">
          {title}
        </SheetLink>
        <small>
          <Spend spentCents={policy.spentCents} budgetCents={policy.amountCents} />
          {policy.reservedCents > 0 && `, ${formatMoney(policy.reservedCents)} set aside for runs`}
        </small>
        <SpendBar spentCents={policy.spentCents} budgetCents={policy.amountCents} />
      </div>
      {policy.stopped ? (
        <Tag tone="bad">Stopped</Tag>
      ) : (
        policy.amountCents !== null && <span className="tabular faint">{Math.round(policy.utilizationPercent)} %</span>
      )}
    </div>
  );
}

/** What changes a budget, and what asks once more before it goes. */
export function PolicySheets({ policy }: { policy: BudgetPolicy }) {
  const title = `${describeScope(policy)} ${describeWindow(policy)}`;
  return (
    <>
      <Sheet name={`budget-${policy.id}`} title={title}>
        <Form intent="change-budget" replace preventScrollReset>
          <input type="hidden" name="policyId" value={policy.id} />
          <AmountFields policy={policy} />
          <div className="form-actions">
            <Submit intent="change-budget">Save</Submit>
            <SheetLink
              sheet={`delete-budget-${policy.id}`}
              leadsTo="budgets.deletePolicy"
              className="button"
              data-kind="danger"
            >
              Remove
            </SheetLink>
          </div>
        </Form>
      </Sheet>
      <ConfirmSheet name={`delete-budget-${policy.id}`} title="Remove this budget" confirm="Remove">
        <input type="hidden" name="policyId" value={policy.id} />
        <p>{title} has no limit any more. What it stopped stays stopped until you resume it.</p>
      </ConfirmSheet>
    </>
  );
}
