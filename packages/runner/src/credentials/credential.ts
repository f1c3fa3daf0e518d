import { existsSync, readFileSync } from "node:fs";
import { id } from "@boardroom/contract";
import * as z from "zod";
import type { RunnerHome } from "../home/runner-home.ts";
import { writePrivateFile } from "../home/write-private-file.ts";
import { RunnerError } from "../runner-error.ts";
import { publicJwk } from "./public-jwk.ts";

const credentialFile = z.strictObject({
  runnerId: id,
  companyId: id,
  companyName: z.string(),
  name: z.string(),
  slots: z.number().int().min(1).max(64),
  /** Where it is reached from here. */
  apiUrl: z.url(),
  /** What the server calls itself; tokens are asked for under this name. */
  audience: z.string(),
  /** PKCS #8 in PEM. */
  privateKey: z.string(),
  /** Signs the jobs; pinned when the device was registered. */
  serverKey: publicJwk,
});

/** What makes this device a runner of one company. */
export type Credential = z.infer<typeof credentialFile>;

export const writeCredential = (home: RunnerHome, credential: Credential): void =>
  writePrivateFile(home.credentialFile, `${JSON.stringify(credential, null, 2)}\n`);

/** @throws RunnerError not_connected; bad_credential for a file that isn't what `connect` wrote */
export function readCredential(home: RunnerHome): Credential {
  if (!existsSync(home.credentialFile)) {
    throw new RunnerError("not_connected", "This machine is no runner yet: run `boardroom-runner connect <code>`.");
  }
  try {
    return credentialFile.parse(JSON.parse(readFileSync(home.credentialFile, "utf8")));
  } catch (cause) {
    throw new RunnerError("bad_credential", `${home.credentialFile} is damaged; connect this machine again.`, {
      cause,
    });
  }
}
