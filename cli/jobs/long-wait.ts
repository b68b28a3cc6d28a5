/** From then on a reader wonders whether it hangs. */
const LONG_MS = 10_000;

export interface LongWait {
  /** It may be given up by the signal. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/** Says once what is waited for, where that takes long. */
export async function sayingLongWait<T>(what: string, work: Promise<T>, { sleep, say }: LongWait): Promise<T> {
  const done = new AbortController();
  void sleep(LONG_MS, done.signal).then(
    () => say(`pulumi-cja: still waiting for ${what} …`),
    () => undefined,
  );
  try {
    return await work;
  } finally {
    done.abort();
  }
}
