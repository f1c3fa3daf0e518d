import type { Connection } from "pg";

export interface PreparedStatement {
  name: string;
  /** Column descriptions as JSON, known after the first execution. */
  fields?: StatementField[];
  fieldsJson?: string;
}

export interface StatementField {
  name: string;
  dataTypeID: number;
}

const MAX_STATEMENTS = 400;
const states = new WeakMap<Connection, PreparedStatements>();

/** The statements one connection has prepared: a repeated text is planned and described once. */
export class PreparedStatements {
  /** False while a transaction is left open. */
  idle = true;
  private count = 0;
  private readonly known = new Map<string, PreparedStatement>();
  private parsing: string[] = [];

  static of(connection: Connection): PreparedStatements {
    let state = states.get(connection);
    if (!state) {
      state = new PreparedStatements(connection);
      states.set(connection, state);
    }
    return state;
  }

  private constructor(connection: Connection) {
    connection.on("parseComplete", () => this.parsing.shift());
    connection.on("readyForQuery", (message: { status: string }) => {
      this.idle = message.status === "I";
      // What was sent after an error was skipped by the server, and so is not prepared.
      for (const text of this.parsing) this.known.delete(text);
      this.parsing = [];
    });
  }

  /** Sends what is needed for `text` to be prepared and returns its name. */
  prepare(connection: Connection, text: string): PreparedStatement {
    const found = this.known.get(text);
    if (found) return found;
    this.count += 1;
    const statement: PreparedStatement = { name: `s${this.count}` };
    connection.parse({ name: statement.name, text, types: [] }, true);
    this.known.set(text, statement);
    this.parsing.push(text);
    return statement;
  }

  /** To be called before anything else of an exchange, as the server skips everything behind an error. */
  evict(connection: Connection): void {
    for (const [text, { name }] of this.known) {
      if (this.known.size <= MAX_STATEMENTS) break;
      connection.close({ type: "S", name }, true);
      this.known.delete(text);
    }
  }
}
