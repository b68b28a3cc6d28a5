import type { z } from "zod";
import { ServiceError } from "./failure";
import { inWords, type ServiceWords } from "./words";

/** Sends, and says of a failure what was wanted, what the service said, and what to do. */
export async function told<T>(words: ServiceWords, what: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(inWords(words, what, error.failure), error.failure);
  }
}

/** An answer of the expected shape: a proxy's page for logging in is none, with a 200 or without. */
export function read<T>({ name, address }: ServiceWords, what: string, shape: z.ZodType<T>, answer: unknown): T {
  const { data, success } = shape.safeParse(answer);
  if (!success) throw new Error(`${name} was asked to ${what}, and what answered is not its API. Is ${address} right?`);
  return data;
}
