import type { ReceiptClaims } from "@boardroom/contract";

/** Signs receipts, as compact JWS by the Worker's signing key. The same claims give the same signature. */
export interface ReceiptSignerPort {
  sign(claims: ReceiptClaims): Promise<string>;
}
