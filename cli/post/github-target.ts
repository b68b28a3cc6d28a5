import { z } from "zod";
import {
  firstSetVariable,
  MissingPart,
  linkableUrl,
  type Target,
  type TargetFlags,
  type TargetSources,
  checkToken,
  parseApiUrl,
  completeTarget,
} from "./target";

const number = z.int().positive();

/** The parts of a workflow's event that name a pull request. https://docs.github.com/webhooks/webhook-events-and-payloads */
const event = z.looseObject({
  pull_request: z.looseObject({ number }).optional(),
  // Comments on pull requests are comments on issues. What is no pull request gets no plan.
  issue: z.looseObject({ number, pull_request: z.unknown() }).optional(),
  workflow_run: z.looseObject({ pull_requests: z.array(z.looseObject({ number })).nullish() }).optional(),
});

/**
 * Where `--post github` posts: what the flags say, else what a job of GitHub Actions knows.
 *
 * @throws Error that lists all that is missing
 */
export function githubTarget({ repository, pullRequest }: TargetFlags, sources: TargetSources): Target {
  const { environment } = sources;
  const token = firstSetVariable(environment, "GITHUB_TOKEN", "GH_TOKEN");
  return completeTarget("github", {
    apiUrl: parseApiUrl("GITHUB_API_URL", firstSetVariable(environment, "GITHUB_API_URL") ?? "https://api.github.com"),
    repository: parseRepository(repository ?? firstSetVariable(environment, "GITHUB_REPOSITORY")),
    pullRequest: pullRequest ?? findPullRequest(sources) ?? new MissingPart(NO_PULL_REQUEST),
    token:
      token === undefined
        ? new MissingPart(
            "no token: set GITHUB_TOKEN or GH_TOKEN; in a workflow, env: GITHUB_TOKEN: ${{ github.token }}",
          )
        : checkToken("GITHUB_TOKEN or GH_TOKEN", token),
    run: runUrl(environment),
  });
}

const NO_PULL_REQUEST =
  "no pull request: run this in a workflow on pull_request, or give --pull-request NUMBER " +
  "(a workflow_run event does not name the pull request of a fork)";

function parseRepository(text: string | undefined): string | MissingPart {
  if (text === undefined)
    return new MissingPart("no repository: set GITHUB_REPOSITORY, or give --repository owner/name");
  const isName = /^[\w.-]+\/[\w.-]+$/.test(text) && !text.split("/").some((part) => /^\.{1,2}$/.test(part));
  return isName ? text : new MissingPart("the repository is not owner/name: check --repository and GITHUB_REPOSITORY");
}

function findPullRequest({ environment, readFile }: TargetSources): number | undefined {
  const { pull_request, issue, workflow_run } = readEvent(firstSetVariable(environment, "GITHUB_EVENT_PATH"), readFile);
  const issueNumber = issue?.pull_request ? issue.number : undefined;
  const matchedRef = pull_request?.number ?? issueNumber ?? workflow_run?.pull_requests?.[0]?.number;
  const [, ref] = /^refs\/pull\/([1-9]\d*)\/(?:merge|head)$/.exec(environment["GITHUB_REF"] ?? "") ?? [];
  return matchedRef ?? (ref === undefined ? undefined : Number(ref));
}

/** An event that cannot be read names no pull request; the ref may. */
function readEvent(path: string | undefined, readFile: (path: string) => string): z.infer<typeof event> {
  if (path === undefined) return {};
  try {
    return event.safeParse(JSON.parse(readFile(path))).data ?? {};
  } catch {
    return {};
  }
}

function runUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const [server, repository, run, attempt = "1"] = [
    firstSetVariable(environment, "GITHUB_SERVER_URL"),
    firstSetVariable(environment, "GITHUB_REPOSITORY"),
    firstSetVariable(environment, "GITHUB_RUN_ID"),
    firstSetVariable(environment, "GITHUB_RUN_ATTEMPT"),
  ];
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return linkableUrl(`${server}/${repository}/actions/runs/${run}/attempts/${attempt}`);
}
