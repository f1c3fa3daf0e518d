import { createContext } from "react";

/** The nonce of this response's scripts; empty in the browser, which hides it from the page anyway. */
export const NonceContext = createContext<string | undefined>(undefined);
