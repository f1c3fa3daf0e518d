import { operations } from "@boardroom/contract";
import type { TenantConnection } from "@boardroom/db";
import { type Ctx, checkoutIssue, type Ports } from "@boardroom/domain";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";

/** The statement of a checkout, with what stands in its parameters. */
export interface CheckoutStatement {
  text: string;
  /** Each parameter: the job's field that goes there, or a constant. */
  params: ({ field: "companyId" | "issueId" | "agentId" | "runId" | "fence" } | { constant: unknown })[];
}

const marks = {
  companyId: "00000000-0000-7000-8000-000000000001",
  issueId: "00000000-0000-7000-8000-000000000002",
  agentId: "00000000-0000-7000-8000-000000000003",
  runId: "00000000-0000-7000-8000-000000000004",
  fence: 987_654_321,
} as const;

class Captured extends Error {
  readonly statement: SQL;
  constructor(statement: SQL) {
    super("captured");
    this.statement = statement;
  }
}

/** Takes the very statement that the product sends, so that the bare runs can't drift from it. */
export async function captureCheckout(): Promise<CheckoutStatement> {
  const db: Pick<TenantConnection, "companyId" | "rows"> = {
    companyId: marks.companyId,
    rows: (_table, statement) => Promise.reject(new Captured(statement)),
  };
  const ctx = {
    db,
    actor: {
      kind: "run",
      type: "agent",
      id: marks.agentId,
      name: "Bench",
      agentId: marks.agentId,
      runId: marks.runId,
      fence: marks.fence,
    },
    idempotency: null,
    ports: {} as Ports,
    requestId: "bench",
    committed: () => undefined,
  } as unknown as Ctx;
  const { expectedStatuses } = operations["issues.checkout"].body.parse({ agentId: marks.agentId });
  const captured = await checkoutIssue(ctx, { id: marks.issueId, agentId: marks.agentId, expectedStatuses }).catch(
    (error: unknown) => error,
  );
  if (!(captured instanceof Captured)) throw captured;
  const { sql: text, params } = new PgDialect().sqlToQuery(captured.statement);
  return { text, params: params.map(toField) };
}

function toField(value: unknown): CheckoutStatement["params"][number] {
  const field = (Object.keys(marks) as (keyof typeof marks)[]).find((key) => marks[key] === value);
  return field ? { field } : { constant: value };
}
