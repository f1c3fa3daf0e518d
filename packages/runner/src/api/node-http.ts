import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Node's own HTTP, required: an import of `node:http` reads its lazy `WebSocket` too, and brings all of Node's `fetch` into
 * memory, 13 MB for each thread. For the same reason nothing here uses `fetch`, `Request`, `Headers` or `WebSocket`.
 */
export const http: typeof import("node:http") = require("node:http");
export const https: typeof import("node:https") = require("node:https");

/** By the protocol of an address. */
export const requestOf = ({ protocol }: URL): typeof http.request => (protocol === "https:" ? https : http).request;
