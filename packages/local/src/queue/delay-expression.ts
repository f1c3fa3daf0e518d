import { QueueError } from "./queue-error.ts";

const FUNCTIONS: Record<string, (...values: number[]) => number> = {
  pow: (base = 0, exponent = 0) => base ** exponent,
  sqrt: (value = 0) => Math.sqrt(value),
  abs: (value = 0) => Math.abs(value),
  exp: (value = 0) => Math.exp(value),
  floor: (value = 0) => Math.floor(value),
  ceil: (value = 0) => Math.ceil(value),
  round: (value = 0) => Math.round(value),
  min: (...values) => Math.min(...values),
  max: (...values) => Math.max(...values),
};

/** Computes a retry delay such as `pow(2, retried) * 1000`, in milliseconds; what it can't read is refused. */
export function evaluateDelay(expression: string, retried: number): number {
  const tokens = expression.match(/\d+(\.\d+)?|[a-z]+|\S/g) ?? [];
  const value = new DelayReader(tokens, retried, expression).read();
  if (!Number.isFinite(value) || value < 0) throw refuse(expression);
  return value;
}

class DelayReader {
  private next = 0;
  private readonly tokens: string[];
  private readonly retried: number;
  private readonly expression: string;

  constructor(tokens: string[], retried: number, expression: string) {
    this.tokens = tokens;
    this.retried = retried;
    this.expression = expression;
  }

  read(): number {
    const value = this.readSum();
    if (this.next < this.tokens.length) throw refuse(this.expression);
    return value;
  }

  private readSum(): number {
    let value = this.readProduct();
    for (;;) {
      if (this.take("+")) value += this.readProduct();
      else if (this.take("-")) value -= this.readProduct();
      else return value;
    }
  }

  private readProduct(): number {
    let value = this.readFactor();
    for (;;) {
      if (this.take("*")) value *= this.readFactor();
      else if (this.take("/")) value /= this.readFactor();
      else return value;
    }
  }

  private readFactor(): number {
    if (this.take("-")) return -this.readFactor();
    const token = this.tokens[this.next] ?? "";
    this.next += 1;
    if (/^\d/.test(token)) return Number(token);
    if (token === "retried") return this.retried;
    if (token === "(") return this.readArguments()[0] ?? 0;
    const call = Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : undefined;
    if (!call || !this.take("(")) throw refuse(this.expression);
    return call(...this.readArguments());
  }

  private readArguments(): number[] {
    const values = [this.readSum()];
    while (this.take(",")) values.push(this.readSum());
    if (!this.take(")")) throw refuse(this.expression);
    return values;
  }

  private take(token: string): boolean {
    if (this.tokens[this.next] !== token) return false;
    this.next += 1;
    return true;
  }
}

function refuse(expression: string): QueueError {
  return new QueueError(400, `invalid Upstash-Retry-Delay header: ${expression}`);
}
