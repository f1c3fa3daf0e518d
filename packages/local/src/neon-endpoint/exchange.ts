import type { Connection } from "pg";
import { type PreparedStatement, PreparedStatements, type StatementField } from "./prepared-statements.ts";
import type { Statement } from "./sql-request.ts";

export interface StatementResult {
  fields: StatementField[];
  fieldsJson: string;
  rows: (string | null)[][];
  command: string;
  rowCount: number | null;
}

/** More answer than the cap allows. */
export class ResponseTooLarge extends Error {}

/**
 * Statements sent in one go, with one Sync at the end, as pg's client runs them. The server stops at the first error and
 * skips the rest, so exactly that error comes back.
 */
export class Exchange {
  readonly done: Promise<StatementResult[]>;
  private resolve: (results: StatementResult[]) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;
  private readonly prepared: PreparedStatement[] = [];
  private readonly results: StatementResult[] = [];
  private rows: (string | null)[][] = [];
  private size = 0;
  private readonly statements: Statement[];
  private readonly maxBytes: number;

  constructor(statements: Statement[], maxBytes: number) {
    this.statements = statements;
    this.maxBytes = maxBytes;
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    const state = PreparedStatements.of(connection);
    state.evict(connection);
    for (const { text, values } of this.statements) {
      const statement = state.prepare(connection, text);
      this.prepared.push(statement);
      connection.bind({ statement: statement.name, values }, true);
      if (!statement.fields) connection.describe({ type: "P", name: "" }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription(message: { fields: StatementField[] }): void {
    const statement = this.prepared[this.results.length];
    if (!statement) return;
    statement.fields = message.fields;
    statement.fieldsJson = JSON.stringify(message.fields);
  }

  handleDataRow(message: { length: number; fields: (string | null)[] }): void {
    this.size += message.length;
    if (this.size <= this.maxBytes) this.rows.push(message.fields);
  }

  handleCommandComplete(message: { text: string }): void {
    const words = message.text.split(" ");
    const count = Number(words.at(-1));
    this.finishStatement(words[0] ?? "", Number.isNaN(count) ? null : count);
  }

  handleEmptyQuery(): void {
    this.finishStatement("", null);
  }

  handleError(error: Error): void {
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.size > this.maxBytes) this.reject(new ResponseTooLarge());
    else this.resolve(this.results);
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail("COPY is not possible over HTTP");
  }

  handleCopyData(): void {}

  private finishStatement(command: string, rowCount: number | null): void {
    const statement = this.prepared[this.results.length];
    if (!statement) return;
    statement.fields ??= [];
    statement.fieldsJson ??= "[]";
    const { fields, fieldsJson } = statement;
    this.results.push({ fields, fieldsJson, rows: this.rows, command, rowCount });
    this.rows = [];
  }
}
