import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createRedactor } from "../../provider/http/redact";
import { GITHUB_LENGTH } from "../review/markdown/markdown";
import type { ReviewOptions } from "../review/report/report";
import type { Source } from "../review/report/create-report";
import type { ClientOptions } from "./client";
import { desiredComments } from "./desired-comments";
import { githubThread } from "./github";
import { githubTarget } from "./github-target";
import { gitlabThread } from "./gitlab";
import { gitlabTarget } from "./gitlab-target";
import { sourceKey } from "./marker";
import { reconcileComments, type Thread } from "./reconcile-comments";
import { createRetryPolicy, type Clock } from "./retry-policy";
import type { Target, TargetFlags, TargetSources } from "./target";

export const SERVICES = ["github", "gitlab"] as const;
export type Service = (typeof SERVICES)[number];

/** Characters that a comment may have. */
export const MAX_LENGTHS: Readonly<Record<Service, number>> = { github: GITHUB_LENGTH, gitlab: 1_000_000 };

/** "~1 million characters / ~1 MB": https://docs.gitlab.com/administration/instance_limits/ */
const MAX_BYTES: Readonly<Record<Service, number>> = { github: Infinity, gitlab: 1_000_000 };

const TARGETS: Readonly<Record<Service, (flags: TargetFlags, places: TargetSources) => Target>> = {
  github: githubTarget,
  gitlab: gitlabTarget,
};

const THREADS: Readonly<Record<Service, (target: Target, options: ClientOptions) => Promise<Thread>>> = {
  github: githubThread,
  gitlab: gitlabThread,
};

const MIN_TOKEN_LENGTH = 8;

export interface PostOptions extends TargetFlags {
  readonly service: Service;
  /** Characters of a comment, where the user wants fewer than the service takes. */
  readonly maxLength?: number | undefined;
  readonly review: ReviewOptions;
}

/** It keeps no cause, which may hold a request with its headers. */
export class PostingError extends Error {
  override readonly name = "NotPosted";
  constructor(reason: string) {
    super(`the review was not posted: ${reason}`);
  }
}

/** What posting needs of the process it runs in. */
export interface PostContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/**
 * Makes one comment for each stack on the pull request or merge request, or brings the one that is there up to date.
 *
 * @throws Error that says what to do; the token is in no message
 */
export async function post(
  sources: readonly Source[],
  { service, maxLength = Infinity, review, ...flags }: PostOptions,
  { environment, log }: PostContext,
  clock: Clock = { now: Date.now, sleep },
): Promise<void> {
  const target = TARGETS[service](flags, { environment, readFile: (path) => readFileSync(path, "utf8") });
  const redactor = createRedactor();
  // A shorter one is no token of theirs, and would be found in the middle of words.
  if (target.token.length >= MIN_TOKEN_LENGTH) redactor.add(target.token);
  const logRedacted = (line: string): void => log(redactor.text(line));
  const { run } = target;
  try {
    const sourceKeyOf = (name: string): string => sourceKey(name, environment);
    const limits = { maxLength: Math.min(maxLength, MAX_LENGTHS[service]), maxBytes: MAX_BYTES[service] };
    const desired = desiredComments(sources, { ...review, ...limits, run, sourceKeyOf });
    const retryPolicy = createRetryPolicy(clock, logRedacted);
    const thread = await THREADS[service](target, { retryPolicy, redactor });
    await reconcileComments(thread, desired, { retryPolicy, log: logRedacted, run });
  } catch (error) {
    throw new PostingError(redactor.text(error instanceof Error ? error.message : String(error)));
  }
}
