import { visible } from "../visible";
import { isRateLimit, type Failure } from "./failure";

/** What a reader of an error has to know of a service. */
export interface ServiceWords {
  readonly name: string;
  /** Where its address is set. */
  readonly address: string;
  readonly token: string;
  /** What the token has to be allowed. */
  readonly permission: string;
  /** What a 404 may mean. */
  readonly notFound: string;
}

export const GITHUB_WORDS: ServiceWords = {
  name: "GitHub",
  address: "GITHUB_API_URL",
  token: "GITHUB_TOKEN or GH_TOKEN",
  permission:
    'the token may not write comments: give the job "permissions: pull-requests: write" (on an issue "issues: write"); a token ' +
    "of a person or an app needs the same for this repository. In a run for a pull request from a fork GITHUB_TOKEN is read-only: " +
    "post from a workflow on workflow_run",
  notFound:
    'there is no such pull request, or the token may not see the repository ("permissions: pull-requests: write")',
};

export const GITLAB_WORDS: ServiceWords = {
  name: "GitLab",
  address: "CI_API_V4_URL",
  token: "GITLAB_TOKEN",
  permission: "the token may not write notes: it needs the scope api, and the role Reporter or above in the project",
  notFound: "there is no such merge request, or the token may not see the project (scope api, role Reporter or above)",
};

const LONGEST = 300;

/** `GitHub refused to list the comments of acme/web#7: 403 Resource not accessible by integration; …` */
export function inWords(words: ServiceWords, what: string, failure: Failure): string {
  const { status, said } = failure;
  // By the mark of what is cut the half of a token is known that an answer repeats.
  const short = said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
  const answer = [status, visible(short)].filter((part) => part !== undefined && part !== "").join(" ");
  if (status === undefined) return `${words.name} could not be asked to ${what}: ${answer}. Is ${words.address} right?`;
  return `${words.name} refused to ${what}: ${answer}; ${wayOut(words, failure)}.`;
}

function wayOut(words: ServiceWords, failure: Failure): string {
  const { status = 0 } = failure;
  if (isRateLimit(failure))
    return "it limits the rate of requests, and asks for a longer wait: run the job again later";
  if (status >= 500) return "it has a fault: run the job again later";
  if (status >= 300 && status < 400) return `the address has moved: correct ${words.address}`;
  if (status === 401) return `the token in ${words.token} is wrong or has expired`;
  if (status === 403) return words.permission;
  if (status === 404) return words.notFound;
  return "what it says above is all that is known";
}
