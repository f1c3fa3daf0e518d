import { Link } from "@remix-run/react";
import FileDiff from "lucide-react/icons/file-diff";
import GitBranch from "lucide-react/icons/git-branch";
import GitCommit from "lucide-react/icons/git-commit-horizontal";
import LinkIcon from "lucide-react/icons/link";
import Plus from "lucide-react/icons/plus";
import type { WorkProductLine } from "../../format/work-product.ts";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form, OnceKey } from "../form.tsx";
import { Section } from "../page.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { RelativeTime } from "../time.tsx";
import { LineCounts } from "./line-counts.tsx";

const icons = { branch: GitBranch, commit: GitCommit, diff: FileDiff, link: LinkIcon };
const mostFiles = 8;

/** What came out of the work: branch, commits, what changed, links. */
export function WorkProducts({ products, path }: { products: WorkProductLine[]; path: string }) {
  if (products.length === 0) return null;
  return (
    <Section
      title="Work products"
      aside={
        <SheetLink sheet="add-link" leadsTo="workProducts.create" className="button push" aria-label="Add a link">
          <Plus size={16} aria-hidden="true" />
        </SheetLink>
      }
    >
      <ul className="bordered">
        {products.map((product) => (
          <li key={product.id} className="product">
            <ProductLine product={product} path={path} />
            {product.diff && <Files product={product} path={path} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The way to the first one, where there is none yet. */
export function AddLink() {
  return (
    <SheetLink sheet="add-link" leadsTo="workProducts.create" className="button" data-kind="quiet">
      <Plus size={16} aria-hidden="true" />
      Add a link
    </SheetLink>
  );
}

WorkProducts.Sheet = function LinkSheet({ onceKey }: { onceKey: string }) {
  return (
    <Sheet name="add-link" title="Add a link">
      <Form intent="add-link" calls="workProducts.create" replace preventScrollReset>
        <OnceKey value={onceKey} />
        <Input label="Title" name="title" maxLength={300} autoComplete="off" required />
        <Input
          label="Address"
          name="url"
          type="url"
          maxLength={2000}
          placeholder="https://example.com/report"
          hint="Where what came out of the work can be seen: a page, a pull request, a file."
          autoComplete="off"
          autoCapitalize="none"
          required
        />
        <div className="form-actions">
          <Submit intent="add-link">Add link</Submit>
        </div>
      </Form>
    </Sheet>
  );
};

function ProductLine({ product, path }: { product: WorkProductLine; path: string }) {
  const Icon = icons[product.kind];
  const { diff, ref, title, url } = product;
  const shownRef = product.kind === "commit" ? ref?.slice(0, 8) : product.kind === "branch" ? ref : null;
  return (
    <div className="row" data-tall>
      <Icon size={16} aria-hidden="true" className="faint" />
      <div className="row-text">
        {diff ? (
          <Link className="row-link" to={`${path}/changes/${product.id}`}>
            {title}
          </Link>
        ) : url ? (
          <a className="row-link" href={url} rel="noopener noreferrer nofollow" target="_blank">
            {title}
          </a>
        ) : (
          <span className="clip">{title}</span>
        )}
        {shownRef && shownRef !== title && (
          <small>
            <code>{shownRef}</code>
          </small>
        )}
        {diff && <small>{diff.files.length === 1 ? "1 file" : `${diff.files.length} files`}</small>}
      </div>
      <div className="meta">
        {diff && <LineCounts added={diff.added} removed={diff.removed} />}
        <span className="wide-only">
          <RelativeTime at={product.createdAt} />
        </span>
      </div>
    </div>
  );
}

/** The first files of a diff; all of them are on its page. */
function Files({ product: { id, diff }, path }: { product: WorkProductLine; path: string }) {
  if (!diff || diff.files.length === 0) return null;
  const rest = diff.files.length - mostFiles;
  return (
    <ul className="product-files">
      {diff.files.slice(0, mostFiles).map((file) => (
        <li key={file.path}>
          <code className="clip">{file.path}</code>
          <LineCounts added={file.added} removed={file.removed} />
        </li>
      ))}
      {rest > 0 && (
        <li>
          <Link className="link" to={`${path}/changes/${id}`}>
            {rest} more
          </Link>
        </li>
      )}
    </ul>
  );
}
