import type { Attachment, Criterion, DocumentListItem, IssueDetail } from "@boardroom/contract";
import { Link, useLocation } from "@remix-run/react";
import Check from "lucide-react/icons/check";
import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { Submit } from "../button.tsx";
import { Input, Select, Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";

interface CriteriaProps {
  issue: Pick<IssueDetail, "identifier" | "status" | "criteria">;
}

/** What has to be true before the issue is done, and what shows it. */
export function Criteria({ issue: { criteria, status } }: CriteriaProps) {
  const isOpen = status !== "done" && status !== "cancelled";
  const met = criteria.filter(({ metAt }) => metAt !== null).length;
  if (criteria.length === 0) {
    return isOpen ? (
      <div className="line" data-offer>
        <SheetLink sheet="criteria" leadsTo="criteria.replace" className="button" data-kind="quiet">
          <Plus size={16} aria-hidden="true" />
          Say when it is done
        </SheetLink>
      </div>
    ) : null;
  }
  return (
    <Section
      title="Done when"
      aside={
        <>
          <span className="faint tabular">
            {met} of {criteria.length} shown
          </span>
          {isOpen && (
            <SheetLink sheet="criteria" leadsTo="criteria.replace" className="push">
              Change
            </SheetLink>
          )}
        </>
      }
    >
      <ul className="bordered">
        {criteria.map((criterion) => (
          <Line key={criterion.id} criterion={criterion} isOpen={isOpen} />
        ))}
      </ul>
      {isOpen && criteria.some(({ isRequired, metAt }) => isRequired && metAt === null) && (
        <p className="below">
          <SheetLink sheet="override-done" leadsTo="issues.update" className="link">
            Done without all of it
          </SheetLink>
        </p>
      )}
    </Section>
  );
}

function Line({ criterion, isOpen }: { criterion: Criterion; isOpen: boolean }) {
  const { id, text, isRequired, metAt, metByName, evidenceKind, evidenceRef, evidenceNote } = criterion;
  return (
    <li className="row" data-tall data-wrap>
      {metAt ? <Check size={16} aria-label="Shown" /> : <span className="ring" role="img" aria-label="Not shown yet" />}
      <span className="row-text">
        <span>
          {text}
          {!isRequired && <span className="optional"> (optional)</span>}
        </span>
        {metAt && (
          <small>
            {metByName}: <Evidence kind={evidenceKind} shown={evidenceRef ?? ""} />
            {evidenceNote && ` ${evidenceNote}`}
          </small>
        )}
      </span>
      {isOpen &&
        (metAt ? (
          <Form calls="criteria.takeEvidence" intent="take-evidence" className="line" preventScrollReset>
            <input type="hidden" name="criterionId" value={id} />
            <Submit intent="take-evidence" kind="quiet" icon aria-label={`Take back what shows: ${text}`}>
              <X size={16} aria-hidden="true" />
            </Submit>
          </Form>
        ) : (
          <SheetLink sheet={`evidence-${id}`} leadsTo="criteria.giveEvidence" className="button">
            Show it
          </SheetLink>
        ))}
    </li>
  );
}

function Evidence({ kind, shown }: { kind: Criterion["evidenceKind"]; shown: string }) {
  const { pathname } = useLocation();
  if (kind === "document") return <Link to={`${pathname}/documents/${shown}`}>{shown}</Link>;
  if (kind === "attachment") return <a href={`/api/attachments/${shown}/content`}>a file</a>;
  if (kind !== "url") return <>{kind?.replace("_", " ")}</>;
  return (
    <a href={shown} rel="noopener noreferrer nofollow" target="_blank">
      {shown.replace(/^https?:\/\//, "").slice(0, 60)}
    </a>
  );
}

interface SheetsProps extends CriteriaProps {
  documents: Pick<DocumentListItem, "key" | "title">[];
  files: Pick<Attachment, "id" | "originalFilename">[];
}

Criteria.Sheets = function CriteriaSheets({ issue: { criteria, identifier }, documents, files }: SheetsProps) {
  const there = [
    ...documents.map(({ key, title }) => [`document:${key}`, title] as const),
    ...files.map(({ id, originalFilename }) => [`attachment:${id}`, originalFilename] as const),
  ];
  return (
    <>
      <Sheet name="criteria" title={`When is ${identifier} done?`}>
        <Form intent="set-criteria" replace preventScrollReset>
          {criteria.map(({ id, text, isRequired }, at) => (
            <div key={id}>
              <input type="hidden" name="criterion" value={id} />
              <Textarea
                label={`Criterion ${at + 1}`}
                name={`text:${id}`}
                rows={2}
                defaultValue={text}
                maxLength={1000}
                hint="Empty takes it away"
              />
              <label className="check">
                <input type="checkbox" name={`required:${id}`} defaultChecked={isRequired} />
                <span>Required</span>
              </label>
            </div>
          ))}
          <Textarea label="New ones, one on each line" name="added" rows={3} optional={criteria.length > 0} />
          <div className="form-actions">
            <Submit intent="set-criteria">Save</Submit>
          </div>
        </Form>
      </Sheet>
      {criteria
        .filter(({ metAt }) => metAt === null)
        .map(({ id, text }) => (
          <Sheet key={id} name={`evidence-${id}`} title={text}>
            <Form intent="give-evidence" replace preventScrollReset>
              <input type="hidden" name="criterionId" value={id} />
              {there.length > 0 && (
                <Select
                  label="What shows it on this issue"
                  name="evidence"
                  options={[["", "Something elsewhere"], ...there]}
                />
              )}
              <Input
                label="Where one sees it"
                name="ref"
                type="url"
                placeholder="https://"
                maxLength={2000}
                required={there.length === 0}
                optional={there.length > 0}
              />
              <Input label="Note" name="note" maxLength={1000} optional />
              <div className="form-actions">
                <Submit intent="give-evidence">That shows it</Submit>
              </div>
            </Form>
          </Sheet>
        ))}
      <Sheet name="override-done" title={`${identifier} is done without all of it`}>
        <Form intent="override-done" replace preventScrollReset>
          <Input
            label="Why that is all right"
            name="overrideNote"
            hint="It stands in the log."
            maxLength={1000}
            required
          />
          <div className="form-actions">
            <Submit intent="override-done" kind="danger">
              Mark as done
            </Submit>
          </div>
        </Form>
      </Sheet>
    </>
  );
};
