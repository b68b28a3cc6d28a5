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

/**
 * Where `--post gitlab` posts: what the flags say, else what a job of GitLab CI knows.
 *
 * @throws Error that lists all that is missing
 */
export function gitlabTarget(flags: TargetFlags, { environment }: TargetSources): Target {
  const repository = flags.repository ?? firstSetVariable(environment, "CI_PROJECT_ID");
  return completeTarget("gitlab", {
    apiUrl: findApiUrl(environment),
    repository:
      repository ?? new MissingPart("no project: set CI_PROJECT_ID, or give --repository with its ID or group/project"),
    pullRequest: flags.pullRequest ?? findMergeRequest(environment),
    token: findToken(environment),
    run: linkableUrl(firstSetVariable(environment, "CI_PIPELINE_URL") ?? ""),
  });
}

function findToken(environment: NodeJS.ProcessEnv): string | MissingPart {
  const found = firstSetVariable(environment, "GITLAB_TOKEN");
  if (found !== undefined) return checkToken("GITLAB_TOKEN", found);
  const job = firstSetVariable(environment, "CI_JOB_TOKEN") === undefined ? "" : " (CI_JOB_TOKEN cannot write notes)";
  return new MissingPart(
    `no token: set GITLAB_TOKEN to a project access token with the scope api and the role Reporter or above${job}`,
  );
}

function findApiUrl(environment: NodeJS.ProcessEnv): string | MissingPart {
  const [api, server] = [
    firstSetVariable(environment, "CI_API_V4_URL"),
    firstSetVariable(environment, "CI_SERVER_URL"),
  ];
  if (api !== undefined) {
    const url = parseApiUrl("CI_API_V4_URL", api);
    // The client library adds this part itself.
    return typeof url !== "string" || url.endsWith("/api/v4")
      ? url
      : new MissingPart("CI_API_V4_URL does not end with /api/v4");
  }
  if (server === undefined)
    return new MissingPart("no address: set CI_API_V4_URL, for example to https://gitlab.com/api/v4");
  const url = parseApiUrl("CI_SERVER_URL", server);
  return typeof url === "string" ? `${url}/api/v4` : url;
}

function findMergeRequest(environment: NodeJS.ProcessEnv): number | MissingPart {
  const text = firstSetVariable(environment, "CI_MERGE_REQUEST_IID");
  if (text !== undefined && /^[1-9]\d*$/.test(text)) return Number(text);
  return new MissingPart(
    "no merge request: run this in a merge request pipeline (rules: - if: $CI_PIPELINE_SOURCE == " +
      '"merge_request_event"), or give --pull-request IID',
  );
}
