export { maskValues, redact } from "./redact.ts";
