import type { JsonObject } from "../json";
import type { PagingFaults } from "../tenant";
import type { Parameters } from "../request";
import { jobStatuses } from "./job";
import { badPlatformBody } from "../platform";
import { countOf, hasProperty, orderBy } from "../platform-list";

/** The most jobs on a page. https://github.com/pitchmuc/aepp caps it here "to avoid 400 errors" (docs/releases.md). */
const largestPage = 100;

/** The answer of GET /segment/jobs over jobs as they are shown, the newest first. */
export function jobList(jobs: readonly JsonObject[], parameters: Parameters, faults: PagingFaults): JsonObject {
  const requestedStart = countOf(parameters, "start", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const start = faults.ignorePage ? 0 : requestedStart;
  const limit = Math.min(countOf(parameters, "limit", 1, largestPage) ?? Infinity, faults.largest ?? Infinity);
  const status = statusFilter(parameters);
  const found = jobs
    .filter((job) => status === undefined || job["status"] === status)
    .filter((job) => parameters.repeated("property").every((filter) => hasProperty(job, filter)))
    .sort(orderBy(parameters.text("sort") ?? "creationTime:desc"));
  const children = found.slice(start, start + limit);
  const next = start + children.length;
  return {
    _page: { totalCount: found.length, pageSize: children.length },
    children,
    _links: { next: children.length > 0 && next < found.length ? { href: nextHref(parameters, next) } : {} },
  };
}

function statusFilter(parameters: Parameters): string | undefined {
  const status = parameters.text("status");
  if (status === undefined || jobStatuses.some((known) => known === status)) return status;
  throw badPlatformBody(`status must be one of ${jobStatuses.join(", ")}`);
}

function nextHref(parameters: Parameters, start: number): string {
  const query = new URLSearchParams({ start: String(start) });
  for (const name of ["limit", "status", "sort"]) {
    const value = parameters.text(name);
    if (value !== undefined) query.set(name, value);
  }
  for (const filter of parameters.repeated("property")) query.append("property", filter);
  return `/segment/jobs?${query.toString()}`;
}
