import type { Api } from "../api/api.ts";
import type { ServerClock } from "../api/server-clock.ts";
import type { Credential } from "./credential.ts";
import { readDeviceKey } from "./device-key.ts";
import { signAssertion } from "./sign-assertion.ts";

/** The short credential of the runner, fetched when it is needed and renewed when three quarters of its life are over. */
export interface AccessToken {
  get(): Promise<string>;
  /** The server refused it: the next `get` fetches another. */
  drop(token: string): void;
}

export function createAccessToken(credential: Credential, api: Api, clock: ServerClock): AccessToken {
  const key = readDeviceKey(credential.privateKey);
  let current: { token: string; freshUntil: number } | undefined;
  let fetching: Promise<string> | undefined;
  const fetchToken = async () => {
    const { runnerId, companyId, audience } = credential;
    const askedAt = clock.now();
    const assertion = await signAssertion(key, { runnerId, companyId, audience, nowMs: askedAt });
    const { token, expiresAt } = await api.call("runners.token", { body: { assertion } });
    const lifeMs = Math.max(0, Date.parse(expiresAt) - clock.now());
    current = { token, freshUntil: clock.now() + lifeMs * 0.75 };
    return token;
  };
  return {
    async get() {
      if (current && clock.now() < current.freshUntil) return current.token;
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    drop(token) {
      if (current?.token === token) current = undefined;
    },
  };
}
