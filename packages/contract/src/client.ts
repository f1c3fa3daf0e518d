import { type Operations, operations } from "./operations/index.ts";
import { type ClientOptions, createOperationsClient, type OperationsClient } from "./operations-client.ts";

export type BoardroomClient = OperationsClient<Operations>;

/** A typed client of the whole API, made from the operations. */
export const createClient = (options: ClientOptions): BoardroomClient => createOperationsClient(operations, options);
