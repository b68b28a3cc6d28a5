import { z } from "zod";
import type { StateFolder } from "../state/state-folder";
import type { TokenCache } from "./token";

const content = z.object({ token: z.string().min(1), expiresAt: z.number() });

/**
 * Keeps a token in the state folder.
 *
 * @param name made of everything that the token depends on, the secret included: with another secret it is not found
 * @example createTokenFile(folder, stateName("token", imsUrl, clientId, clientSecret, scopes))
 */
export function createTokenFile(folder: StateFolder, name: string): TokenCache {
  return {
    load: () => content.safeParse(folder.readJson(name)).data,
    save: (token) => folder.writeJson(name, token),
  };
}
