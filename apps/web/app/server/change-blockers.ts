import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import { isBoardroomError } from "./errors.ts";

/** Adds the issue that was named to what an issue waits for. */
export async function addBlocker({ api, company, form }: CompanyActionArgs, id: string): Promise<void> {
  const typed = readText(form, "blocker");
  const ref = /^\d+$/.test(typed) ? `${company.issuePrefix}-${typed}` : typed;
  const [issue, blocker] = await Promise.all([
    api.call("issues.get", { params: { id } }),
    api.call("issues.get", { params: { id: ref } }).catch((error: unknown) => {
      if (!isBoardroomError(error) || error.status >= 500) throw error;
      throw new InvalidForm(invalidField(form, "blocker", `There is no issue ${typed}.`));
    }),
  ]);
  const blockedByIssueIds = [...issue.blockedBy.map((each) => each.id), blocker.id];
  await api.call("issues.update", { params: { id }, body: { blockedByIssueIds } });
}

/** Takes one issue off what an issue waits for. */
export async function removeBlocker({ api, form }: CompanyActionArgs, id: string): Promise<void> {
  const blockerId = readText(form, "blockerId");
  const { blockedBy } = await api.call("issues.get", { params: { id } });
  const blockedByIssueIds = blockedBy.map((each) => each.id).filter((each) => each !== blockerId);
  await api.call("issues.update", { params: { id }, body: { blockedByIssueIds } });
}
