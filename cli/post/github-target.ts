import { z } from "zod";
import {
  firstSet,
  Lacking,
  pageOf,
  type Target,
  type TargetFlags,
  type TargetPlaces,
  tokenOf,
  urlOf,
  wholeTarget,
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
export function githubTarget({ repository, pullRequest }: TargetFlags, places: TargetPlaces): Target {
  const { environment } = places;
  const token = firstSet(environment, "GITHUB_TOKEN", "GH_TOKEN");
  return wholeTarget("github", {
    apiUrl: urlOf("GITHUB_API_URL", firstSet(environment, "GITHUB_API_URL") ?? "https://api.github.com"),
    repository: repositoryOf(repository ?? firstSet(environment, "GITHUB_REPOSITORY")),
    pullRequest: pullRequest ?? pullRequestOf(places) ?? new Lacking(NO_PULL_REQUEST),
    token:
      token === undefined
        ? new Lacking("no token: set GITHUB_TOKEN or GH_TOKEN; in a workflow, env: GITHUB_TOKEN: ${{ github.token }}")
        : tokenOf("GITHUB_TOKEN or GH_TOKEN", token),
    run: runOf(environment),
  });
}

const NO_PULL_REQUEST =
  "no pull request: run this in a workflow on pull_request, or give --pull-request NUMBER " +
  "(a workflow_run event does not name the pull request of a fork)";

function repositoryOf(text: string | undefined): string | Lacking {
  if (text === undefined) return new Lacking("no repository: set GITHUB_REPOSITORY, or give --repository owner/name");
  const isName = /^[\w.-]+\/[\w.-]+$/.test(text) && !text.split("/").some((part) => /^\.{1,2}$/.test(part));
  return isName ? text : new Lacking("the repository is not owner/name: check --repository and GITHUB_REPOSITORY");
}

function pullRequestOf({ environment, readFile }: TargetPlaces): number | undefined {
  const { pull_request, issue, workflow_run } = eventOf(firstSet(environment, "GITHUB_EVENT_PATH"), readFile);
  const comment = issue?.pull_request ? issue.number : undefined;
  const named = pull_request?.number ?? comment ?? workflow_run?.pull_requests?.[0]?.number;
  const [, ref] = /^refs\/pull\/([1-9]\d*)\/(?:merge|head)$/.exec(environment["GITHUB_REF"] ?? "") ?? [];
  return named ?? (ref === undefined ? undefined : Number(ref));
}

/** An event that cannot be read names no pull request; the ref may. */
function eventOf(path: string | undefined, readFile: (path: string) => string): z.infer<typeof event> {
  if (path === undefined) return {};
  try {
    return event.safeParse(JSON.parse(readFile(path))).data ?? {};
  } catch {
    return {};
  }
}

function runOf(environment: NodeJS.ProcessEnv): string | undefined {
  const [server, repository, run, attempt = "1"] = [
    firstSet(environment, "GITHUB_SERVER_URL"),
    firstSet(environment, "GITHUB_REPOSITORY"),
    firstSet(environment, "GITHUB_RUN_ID"),
    firstSet(environment, "GITHUB_RUN_ATTEMPT"),
  ];
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return pageOf(`${server}/${repository}/actions/runs/${run}/attempts/${attempt}`);
}
