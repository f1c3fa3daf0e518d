import { asObjects, asString, type JsonObject, parseObject } from "../local/toolkit/json.ts";

/** Where and how an agent is spoken to. */
export interface A2aInterface {
  url: string;
  /** 1.x has methods such as `SendMessage`, 0.x such as `message/send`. */
  major: 0 | 1;
  /** As the `A2A-Version` header says it. */
  version: string;
  tenant: string | null;
}

export interface AgentCard {
  name: string | null;
  /** Null when the agent speaks no JSON-RPC of a known version. */
  interface: A2aInterface | null;
  needsAuthentication: boolean;
}

const wellKnown = "/.well-known/agent-card.json";

/** Where the card of an agent lies: the URL itself when it names a file, else the well-known place below it. */
export function cardUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname.endsWith(".json")) return url;
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, "")}${wellKnown}`;
}

/** Reads a card of protocol 1.x or 0.x; null for what isn't one. */
export function readAgentCard(text: string): AgentCard | null {
  const card = parseObject(text);
  if (!card || asString(card.name) === null) return null;
  const usable = [...interfaces1(card), ...interfaces0(card)];
  const requirements = [card.security, card.securityRequirements].find(Array.isArray) ?? [];
  return {
    name: asString(card.name),
    interface: usable.find(({ major }) => major === 1) ?? usable[0] ?? null,
    needsAuthentication: requirements.length > 0,
  };
}

function interfaces1(card: JsonObject): A2aInterface[] {
  return asObjects(card.supportedInterfaces).flatMap((each) => {
    const version = asString(each.protocolVersion) ?? "1.0";
    return each.protocolBinding === "JSONRPC" ? toInterface(each.url, version, each.tenant) : [];
  });
}

function interfaces0(card: JsonObject): A2aInterface[] {
  const version = asString(card.protocolVersion) ?? "0.3";
  const preferred = asString(card.preferredTransport) ?? "JSONRPC";
  const main = preferred === "JSONRPC" ? toInterface(card.url, version, null) : [];
  const others = asObjects(card.additionalInterfaces).filter(({ transport }) => transport === "JSONRPC");
  return [...main, ...others.flatMap(({ url }) => toInterface(url, version, null))];
}

function toInterface(url: unknown, version: string, tenant: unknown): A2aInterface[] {
  const said = /^([01])\.(\d{1,3})/.exec(version);
  const address = asString(url);
  if (!said || address === null) return [];
  const isFirst = said[1] === "0";
  return [{ url: address, major: isFirst ? 0 : 1, version: `${said[1]}.${said[2]}`, tenant: asString(tenant) }];
}
