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

/**
 * Where `--post gitlab` posts: what the flags say, else what a job of GitLab CI knows.
 *
 * @throws Error that lists all that is missing
 */
export function gitlabTarget(flags: TargetFlags, { environment }: TargetPlaces): Target {
  const repository = flags.repository ?? firstSet(environment, "CI_PROJECT_ID");
  return wholeTarget("gitlab", {
    apiUrl: apiUrlOf(environment),
    repository:
      repository ?? new Lacking("no project: set CI_PROJECT_ID, or give --repository with its ID or group/project"),
    pullRequest: flags.pullRequest ?? mergeRequestOf(environment),
    token: token(environment),
    run: pageOf(firstSet(environment, "CI_PIPELINE_URL") ?? ""),
  });
}

function token(environment: NodeJS.ProcessEnv): string | Lacking {
  const found = firstSet(environment, "GITLAB_TOKEN");
  if (found !== undefined) return tokenOf("GITLAB_TOKEN", found);
  const job = firstSet(environment, "CI_JOB_TOKEN") === undefined ? "" : " (CI_JOB_TOKEN cannot write notes)";
  return new Lacking(
    `no token: set GITLAB_TOKEN to a project access token with the scope api and the role Reporter or above${job}`,
  );
}

function apiUrlOf(environment: NodeJS.ProcessEnv): string | Lacking {
  const [api, server] = [firstSet(environment, "CI_API_V4_URL"), firstSet(environment, "CI_SERVER_URL")];
  if (api !== undefined) {
    const url = urlOf("CI_API_V4_URL", api);
    // The client library adds this part itself.
    return typeof url !== "string" || url.endsWith("/api/v4")
      ? url
      : new Lacking("CI_API_V4_URL does not end with /api/v4");
  }
  if (server === undefined)
    return new Lacking("no address: set CI_API_V4_URL, for example to https://gitlab.com/api/v4");
  const url = urlOf("CI_SERVER_URL", server);
  return typeof url === "string" ? `${url}/api/v4` : url;
}

function mergeRequestOf(environment: NodeJS.ProcessEnv): number | Lacking {
  const text = firstSet(environment, "CI_MERGE_REQUEST_IID");
  if (text !== undefined && /^[1-9]\d*$/.test(text)) return Number(text);
  return new Lacking(
    "no merge request: run this in a merge request pipeline (rules: - if: $CI_PIPELINE_SOURCE == " +
      '"merge_request_event"), or give --pull-request IID',
  );
}
