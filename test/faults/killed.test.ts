import { deviceIs } from "../engine/programs";
import { Host } from "./host";
import { Resource } from "./resource";

// Real provider processes, killed while they wait for an answer. The matrix plays the same in process, for every operation.

const definition = deviceIs("Phone");
const MOBILE = { name: "Mobile", dataViewId: "dv_dev", definition };
const RUN = { segmentIds: ["audience-1", "audience-2"], triggers: { release: "2026-11" } };

const SEGMENTS = "^/segments$";
const ONE_SEGMENT = "^/segments/[^/]+$";
const JOBS = "^/data/core/ups/segment/jobs$";
const ONE_JOB = "^/data/core/ups/segment/jobs/[^/]+$";
const BUYERS = { name: "Buyers", expression: 'workAddress.country = "US"' };
const AUDIENCES = "^/data/core/ups/audiences$";
const ONE_AUDIENCE = "^/data/core/ups/audiences/[^/]+$";
/** Longer than any test may take. */
const WHOLE_TEST_MS = 3_600_000;

/** Side by side: most of the time is spent by waiting for what may still be in the making. */
const each = test.concurrent.each([
  { when: "before the service has done its work", workDone: false },
  { when: "after the service has done its work", workDone: true },
]);

async function onHost(play: (host: Host) => Promise<void>): Promise<void> {
  const host = await Host.start();
  try {
    await play(host);
  } finally {
    await host.stop();
  }
}

/** What was asked of the service, from the last kill on. */
const sent = (host: Host, method: string, path: string): number =>
  host.emulator.control.requests().filter((request) => request.method === method && new RegExp(path).test(request.path))
    .length;

each("a segment is made, changed and deleted once, though every process is killed $when", ({ workDone }) =>
  onHost(async (host) => {
    const segment = new Resource("segment");
    const there = () => host.emulator.control.segments().map(({ id, name, deleted }) => ({ id, name, deleted }));

    let process = await host.process();
    await host.killDuring({ method: "POST", path: SEGMENTS }, workDone, segment.up(process, MOBILE));
    process = await host.process();
    await segment.up(process, MOBILE);
    expect(there()).toEqual([{ id: segment.id, name: "Mobile", deleted: false }]);
    expect(sent(host, "POST", SEGMENTS)).toBe(workDone ? 0 : 1);

    const renamed = { ...MOBILE, name: "Phones" };
    await host.killDuring({ method: "PUT", path: ONE_SEGMENT }, workDone, segment.up(process, renamed));
    process = await host.process();
    await segment.up(process, renamed);
    expect(there()).toEqual([{ id: segment.id, name: "Phones", deleted: false }]);

    const { id } = segment;
    await host.killDuring({ method: "DELETE", path: ONE_SEGMENT }, workDone, segment.destroy(process));
    await segment.destroy(await host.process());
    expect([there(), segment.kept]).toEqual([[{ id, name: "Phones", deleted: true }], undefined]);
  }),
);

each("a segment job is started and cancelled once, though every process is killed $when", ({ workDone }) =>
  onHost(async (host) => {
    host.emulator.control.setJobOutcome({ status: "SUCCEEDED", jobTiming: { processingMs: WHOLE_TEST_MS } });
    const job = new Resource("job");
    const there = () => host.emulator.control.jobs().map(({ id, status }) => ({ id, status }));

    const first = job.up(await host.process(), RUN);
    await host.killDuring({ method: "POST", path: JOBS }, workDone, first);
    await job.up(await host.process(), RUN);
    expect(there()).toEqual([{ id: job.id, status: expect.any(String) as string }]);
    expect(sent(host, "POST", JOBS)).toBe(workDone ? 0 : 1);

    const { id } = job;
    const cancelled = job.destroy(await host.process());
    await host.killDuring({ method: "DELETE", path: ONE_JOB }, workDone, cancelled);
    await job.destroy(await host.process());
    expect([there(), job.kept]).toEqual([[{ id, status: "CANCELLED" }], undefined]);
    expect(sent(host, "DELETE", ONE_JOB)).toBe(workDone ? 0 : 1);
  }),
);

each("an audience is made, changed and deleted once, though every process is killed $when", ({ workDone }) =>
  onHost(async (host) => {
    const audience = new Resource("audience");
    const there = () => host.emulator.control.audiences().map(({ id, name }) => ({ id, name }));

    let process = await host.process();
    await host.killDuring({ method: "POST", path: AUDIENCES }, workDone, audience.up(process, BUYERS));
    process = await host.process();
    await audience.up(process, BUYERS);
    expect(there()).toEqual([{ id: audience.id, name: "Buyers" }]);
    expect(sent(host, "POST", AUDIENCES)).toBe(workDone ? 0 : 1);

    const renamed = { ...BUYERS, name: "Customers" };
    await host.killDuring({ method: "PATCH", path: ONE_AUDIENCE }, workDone, audience.up(process, renamed));
    process = await host.process();
    await audience.up(process, renamed);
    expect(there()).toEqual([{ id: audience.id, name: "Customers" }]);

    await host.killDuring({ method: "DELETE", path: ONE_AUDIENCE }, workDone, audience.destroy(process));
    await audience.destroy(await host.process());
    expect([there(), audience.kept]).toEqual([[], undefined]);
  }),
);

// Without its record, what looks like ours may belong to another stack: it is not taken over, but pointed out.

test.concurrent("a segment whose record is lost stays, beside a second one, and the user is told of it", () =>
  onHost(async (host) => {
    const segment = new Resource("segment");
    await host.killDuring({ method: "POST", path: SEGMENTS }, true, segment.up(await host.process(), MOBILE));
    const [orphan] = host.emulator.control.segments();
    host.loseRecords();
    await segment.up(await host.process(), MOBILE);
    expect(host.emulator.control.segments().map(({ id }) => id)).toEqual([orphan?.id, segment.id]);
    expect(host.printed).toEqual([expect.stringMatching(new RegExp(`^warning: .*${orphan?.id}.*pending create`))]);
  }),
);

test.concurrent("a segment job whose record is lost goes on, beside a second one, and the user is told of it", () =>
  onHost(async (host) => {
    const job = new Resource("job");
    await host.killDuring({ method: "POST", path: JOBS }, true, job.up(await host.process(), RUN));
    const [orphan] = host.emulator.control.jobs();
    host.loseRecords();
    await job.up(await host.process(), RUN);
    expect(host.emulator.control.jobs().map(({ id }) => id)).toEqual([orphan?.id, job.id]);
    expect(host.printed).toEqual([expect.stringMatching(new RegExp(`^warning: .*${orphan?.id}.*pending create`))]);
  }),
);
