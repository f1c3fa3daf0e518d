import { operations } from "@boardroom/contract";
import { compileStatement } from "@boardroom/db";
import { type Ctx, checkoutIssue, createRunSecretCache } from "@boardroom/domain";
import type { SQL } from "drizzle-orm";

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
  const { expectedStatuses } = operations["issues.checkout"].body.parse({ agentId: marks.agentId });
  const checkout = checkoutIssue(capturingCtx(), { id: marks.issueId, agentId: marks.agentId, expectedStatuses });
  const captured: unknown = await checkout.catch((error: unknown) => error);
  if (!(captured instanceof Captured)) throw captured;
  const { text, params } = compileStatement(captured.statement);
  return { text, params: params.map(toField) };
}

const unused = () => {
  throw new Error("A checkout needs only its one statement");
};

/** A run that checks out over a connection which keeps the statement instead of sending it. */
function capturingCtx(): Ctx {
  const { companyId, agentId, runId, fence } = marks;
  return {
    db: {
      companyId,
      get build() {
        return unused();
      },
      read: unused,
      readAll: unused,
      raw: unused,
      tagged: unused,
      rows: (_table, statement) => Promise.reject(new Captured(statement)),
    },
    actor: { kind: "run", type: "agent", id: agentId, name: "Bench", agentId, runId, fence },
    idempotency: null,
    ports: {
      tokens: { mintRunToken: unused },
      secrets: {
        seal: unused,
        open: unused,
        reseal: unused,
        masterKeyId: "",
        newDataKey: unused,
        sealWith: unused,
        openWith: unused,
        newWebhookSecret: unused,
        newKey: unused,
      },
      receiptSigner: { sign: unused },
      decisions: { keepReceipt: unused, closeLater: unused, tellPeople: unused },
      notifier: {
        pushKey: null,
        checkPushEndpoint: () => null,
        sendMail: unused,
        push: unused,
        unsubscribeUrl: unused,
      },
      eventWebhooks: { checkUrl: () => null, send: unused, deliverSoon: unused, endpointsChanged: unused },
      auditSigner: { sign: unused, publicKey: unused },
      runSecrets: createRunSecretCache(),
      dispatch: unused,
      enqueue: unused,
      afterwards: unused,
      invoke: unused,
      checkConfig: unused,
      testEdgeEnvironment: unused,
      ownSkills: [],
      runnerHub: { tell: unused, online: unused, awaitTest: unused, testReported: unused, revoke: unused },
      runnerTrust: {
        newCode: unused,
        hashOfCode: unused,
        readAssertion: () => null,
        verifyAssertion: unused,
        mintRunnerToken: unused,
        signJob: unused,
        publicKey: unused,
      },
      objects: { put: unused, store: unused, open: unused, get: unused, delete: unused },
      removeObject: unused,
      tellLogViewers: unused,
      archiveLog: unused,
      readTranscript: unused,
      publicUrl: "",
      allowLocalTargets: false,
    },
    requestId: "bench",
    committed: () => undefined,
  };
}

function toField(value: unknown): CheckoutStatement["params"][number] {
  const field = (Object.keys(marks) as (keyof typeof marks)[]).find((key) => marks[key] === value);
  return field ? { field } : { constant: value };
}
