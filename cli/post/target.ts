/** What of the command line says where to post. */
export interface TargetFlags {
  readonly repository?: string | undefined;
  readonly pullRequest?: number | undefined;
}

/** Where to look for what the command line does not say. */
export interface TargetSources {
  readonly environment: NodeJS.ProcessEnv;
  /** @throws where there is no such file */
  readonly readFile: (path: string) => string;
}

/** Whose comments, and by whom. */
export interface Target {
  readonly apiUrl: string;
  /** GitHub: `owner/name`. GitLab: a project's ID or path. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
  /** The page of the job's run. */
  readonly run: string | undefined;
}

type RequiredPart = "apiUrl" | "repository" | "pullRequest" | "token";

/** A target as far as it was found. */
export type PartialTarget = { readonly [key in RequiredPart]: Target[key] | MissingPart } & Pick<Target, "run">;

/** Something is missing or wrong: what, and the way out. */
export class MissingPart {
  constructor(readonly advice: string) {}
}

/**
 * A target in which nothing is missing.
 *
 * @throws Error that lists all that is
 */
export function completeTarget(
  service: string,
  { apiUrl, repository, pullRequest, token, run }: PartialTarget,
): Target {
  if (
    apiUrl instanceof MissingPart ||
    repository instanceof MissingPart ||
    pullRequest instanceof MissingPart ||
    token instanceof MissingPart
  ) {
    const parts = [token, repository, pullRequest, apiUrl];
    const missingList = parts.flatMap((part) => (part instanceof MissingPart ? `\n  ${part.advice}` : [])).join("");
    throw new Error(`missing or wrong settings for --post ${service}; nothing was sent.${missingList}`);
  }
  return { apiUrl, repository, pullRequest, token, run };
}

/** A variable that is set to nothing counts as not set: so CI systems hand on a secret that they do not have. */
export function firstSetVariable(environment: NodeJS.ProcessEnv, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== "");
}

/** A header takes no other characters, and the error that says so would show the token. */
export const checkToken = (name: string, token: string): string | MissingPart =>
  /^[\x21-\x7e]+$/.test(token)
    ? token
    : new MissingPart(`${name} has spaces or characters that no token has: set it again`);

export function parseApiUrl(name: string, text: string): string | MissingPart {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === "https:" || url?.protocol === "http:";
  // Not shown: it may hold a password.
  if (!url || !isHttp || url.username !== "" || url.password !== "")
    return new MissingPart(`${name} is not a URL such as https://… without a user name`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** For a link. */
export function linkableUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol)
    ? url.href.replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"))
    : undefined;
}
