/** The least that the work needs, by rule. */
import { isChanged, type Scenario } from "./scenarios";

/** The largest page of a listing, and of a filter by ID for jobs. */
const PAGE = 1000;
const JOBS_A_REQUEST = 100;

const pages = (count: number) => Math.ceil(count / PAGE);
const changed = (count: number) => Array.from({ length: count }, (_, i) => i).filter(isChanged).length;

const REQUESTS: Readonly<Record<Scenario, (count: number) => number>> = {
  // Each is validated, then made.
  create: (count) => 2 * count,
  nothing: () => 0,
  refresh: pages,
  change: (count) => 2 * changed(count),
  destroy: (count) => count,
  adopt: pages,
  jobs: (count) => Math.ceil(count / JOBS_A_REQUEST),
};

/** Requests without which the service would not know, or would not tell. The token is not among them. */
export const requestFloor = (scenario: Scenario, count: number): number => REQUESTS[scenario](count);

/** 60 a minute for an organisation, 12 in 6 s for a user: see provider/runtime.ts. */
const WINDOWS = [
  { requests: 60, seconds: 60 },
  { requests: 12, seconds: 6 },
];

/** Seconds from the first request to the last, if each is sent as soon as Adobe's limits allow. */
export function secondsUnderLimits(requests: number): number {
  const sent: number[] = [];
  for (let i = 0; i < requests; i++)
    sent.push(Math.max(0, ...WINDOWS.map((window) => (sent[i - window.requests] ?? -window.seconds) + window.seconds)));
  return sent.at(-1) ?? 0;
}

/** What a provider costs that reads each resource by itself and compares: 2 requests for each of them and plan. */
export const genericRequests = (count: number): number => 2 * count;
