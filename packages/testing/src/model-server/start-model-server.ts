import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Conversation, countSteps, type ModelScript } from "./conversation.ts";
import { dialects } from "./dialects.ts";

export interface ModelServer {
  /** Without a path: `ANTHROPIC_BASE_URL`; with `/v1` an OpenAI base. */
  url: string;
  /** What was asked, oldest first; side questions too. */
  conversations: Conversation[];
  /** Requests for something else than the model. */
  others: string[];
  /** What went wrong in the script. */
  errors: unknown[];
  /** Answers by this script from now on. */
  play(script: ModelScript): void;
  stop(): Promise<void>;
}

/**
 * A language model that says what a script decides, over the APIs that coding CLIs speak, on loopback.
 * @example const model = await startModelServer(playTurns({ toolCalls: [{ name: "Bash", input: { command: "ls" } }] }, { text: "Done." }));
 */
export async function startModelServer(first: ModelScript): Promise<ModelServer> {
  let script = first;
  const heard: Pick<ModelServer, "conversations" | "others" | "errors"> = { conversations: [], others: [], errors: [] };
  const server = createServer((request, response) => {
    answer(request, response, heard, script).catch((error: unknown) => {
      heard.errors.push(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The model's server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    ...heard,
    play: (next) => {
      script = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  heard: Pick<ModelServer, "conversations" | "others">,
  script: ModelScript,
): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const method = request.method ?? "GET";
  const dialect = dialects.find((each) => each.matches(method, path));
  const text = await readBody(request);
  if (!dialect) {
    heard.others.push(`${method} ${path}`);
    response.writeHead(404, { "content-type": "application/json" }).end(`{"error":{"message":"There is no ${path}"}}`);
    return;
  }
  const body: unknown = JSON.parse(text);
  const said = dialect.read(body, path);
  const conversation: Conversation = {
    ...said,
    dialect: dialect.name,
    step: countSteps(said.messages),
    text: [said.system, ...said.messages.map((message) => message.text)].join("\n"),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body,
  };
  heard.conversations.push(conversation);
  const id = `${heard.conversations.length}`.padStart(4, "0");
  const turn = await script(conversation);
  await turn.after;
  if (turn.error) {
    const headers = { "content-type": "application/json", ...turn.error.headers };
    response.writeHead(turn.error.status, headers).end(dialect.writeError(turn.error));
    return;
  }
  const written = dialect.write(turn, { body, path, id });
  response.writeHead(200, { "content-type": written.contentType }).end(written.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
