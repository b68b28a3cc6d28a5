type Callback = () => void;

/** Those that are running, by their length: each stage has a length of its own. */
const running = new Map<number, Map<unknown, Callback>>();
let patched = false;

/**
 * The real timers by which requests give up waiting (provider/http/exchange.ts), as long as the setting says. A test knows
 * when an answer will not come, and ends them then: cells wait for nobody, and a slow machine makes no request give up.
 */
export class RequestTimers {
  constructor(readonly ms: number) {
    patch();
    running.set(ms, new Map());
  }

  /** All that are running are over now. */
  end(): void {
    const mine = running.get(this.ms);
    const callbacks = [...(mine?.values() ?? [])];
    mine?.clear();
    for (const callback of callbacks) callback();
  }

  stop(): void {
    running.delete(this.ms);
  }
}

function patch(): void {
  if (patched) return;
  patched = true;
  const { setTimeout: start, clearTimeout: clear } = globalThis;
  const watched = (callback: Callback, ms?: number, ...args: []) => {
    const timer = start(callback, ms, ...args);
    running.get(ms ?? 0)?.set(timer, callback);
    return timer;
  };
  globalThis.setTimeout = Object.assign(watched, start);
  globalThis.clearTimeout = (timer) => {
    for (const timers of running.values()) timers.delete(timer);
    clear(timer);
  };
}
