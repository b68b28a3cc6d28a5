import { isJsonObject, type JsonObject } from "../json";
import type { PagingFaults } from "../tenant";
import type { Parameters } from "../request";
import { jobStatuses } from "./job";
import { badPlatformBody } from "../platform";

/** The most jobs on a page. https://github.com/pitchmuc/aepp caps it here "to avoid 400 errors" (docs/releases.md). */
const largestPage = 100;

/** The answer of GET /segment/jobs over jobs as they are shown, the newest first. */
export function jobList(jobs: readonly JsonObject[], parameters: Parameters, faults: PagingFaults): JsonObject {
  const requestedStart = count(parameters, "start", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const start = faults.ignorePage ? 0 : requestedStart;
  const limit = Math.min(count(parameters, "limit", 1, largestPage) ?? Infinity, faults.largest ?? Infinity);
  const status = statusFilter(parameters);
  const found = jobs
    .filter((job) => status === undefined || job["status"] === status)
    .filter((job) => parameters.repeated("property").every((filter) => hasProperty(job, filter)))
    .sort(order(parameters.text("sort") ?? "creationTime:desc"));
  const children = found.slice(start, start + limit);
  const next = start + children.length;
  return {
    _page: { totalCount: found.length, pageSize: children.length },
    children,
    _links: { next: children.length > 0 && next < found.length ? { href: nextHref(parameters, next) } : {} },
  };
}

function count(parameters: Parameters, name: string, minimum: number, maximum: number): number | undefined {
  const text = parameters.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    throw badPlatformBody(`${name} must be a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

function statusFilter(parameters: Parameters): string | undefined {
  const status = parameters.text("status");
  if (status === undefined || jobStatuses.some((known) => known === status)) return status;
  throw badPlatformBody(`status must be one of ${jobStatuses.join(", ")}`);
}

/** `[attributeName]:[desc|asc]` */
function order(sort: string): (a: JsonObject, b: JsonObject) => number {
  const [attribute = "", direction = "asc"] = sort.split(":");
  if (attribute === "" || !["asc", "desc"].includes(direction)) {
    throw badPlatformBody("sort must have the form attributeName:desc or attributeName:asc");
  }
  const sign = direction === "desc" ? -1 : 1;
  return (a, b) => sign * compare(a[attribute], b[attribute]) || compare(a["id"], b["id"]);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `path==value`, or `array~key==value` within an array. */
function hasProperty(job: JsonObject, filter: string): boolean {
  const [, path, value] = /^(.+?)==(.*)$/s.exec(filter) ?? [];
  if (path === undefined) throw badPlatformBody("property must have the form path==value or array~key==value");
  const [arrayPath, key] = path.split("~", 2);
  const at = valueAt(job, arrayPath ?? "");
  if (key === undefined) return isScalar(at) && String(at) === value;
  return Array.isArray(at) && at.some((item) => isJsonObject(item) && String(valueAt(item, key)) === value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function valueAt(object: JsonObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
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
