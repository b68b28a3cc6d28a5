import { z } from "zod";
import type { Records } from "../state/record-store";

// Some of Adobe's services have two published forms, and which one a tenant answers is nowhere said: it is found out, remembered, and
// corrected when a request is refused.

/** Where the form that an endpoint answers is kept between processes. */
export interface FormStore<Form extends string> {
  load(): Promise<Form | undefined>;
  save(form: Form): Promise<void>;
}

const RECORD_NAME = "dialect";

/** Keeps it as a record. */
export function formStoreIn<Form extends string>(records: Records, forms: readonly Form[]): FormStore<Form> {
  const schema = z.enum(forms);
  return {
    load: async () => schema.safeParse((await records.read(RECORD_NAME))?.value).data,
    save: (form) => records.write(RECORD_NAME, form),
  };
}

/**
 * What is known of the form of an endpoint: set by the user, remembered, or learned from an answer.
 *
 * @typeParam Where what the request that finds it out depends on.
 */
export class FormDiscovery<Form extends string, Where = void> {
  private current: Form | undefined;
  private wasAnswered = false;
  private wasDiscovered = false;
  private discovering: Promise<Form> | undefined;
  private loading: Promise<void> | undefined;

  /**
   * @param configured the setting, unless it is `auto`.
   * @param discover finds the form out with one request, for when a write comes first.
   */
  constructor(
    private readonly configured: Form | undefined,
    private readonly store: FormStore<Form>,
    private readonly discover: (where: Where) => Promise<Form>,
  ) {
    this.current = configured;
  }

  /** What is known without asking the service. */
  async known(): Promise<Form | undefined> {
    if (this.current !== undefined) return this.current;
    await (this.loading ??= this.store.load().then((form) => void (this.current ??= form)));
    return this.current;
  }

  /** Whether the user has said otherwise. */
  contradicts(form: Form): boolean {
    return this.configured !== undefined && this.configured !== form;
  }

  /** An answer told the form. The newest answer counts: an endpoint may have moved on since it was remembered. */
  async learn(form: Form): Promise<void> {
    this.wasAnswered = true;
    if (this.configured !== undefined || this.current === form) return;
    this.current = form;
    await this.store.save(form);
  }

  /** The form, asking the service if need be, once for all that wait. */
  async get(where: Where): Promise<Form> {
    return (await this.known()) ?? this.discoverOnce(where);
  }

  /** The form as this process has found it out itself: what is remembered may no longer be all that the endpoint answers. */
  async found(where: Where): Promise<Form> {
    return this.wasDiscovered ? this.get(where) : this.discoverOnce(where);
  }

  /**
   * The service has refused a request: whether it was in the wrong form.
   *
   * @returns the right one; undefined when the refusal has another reason.
   */
  async correctionFor(form: Form, where: Where): Promise<Form | undefined> {
    if (this.configured !== undefined || this.wasAnswered) return undefined;
    const discovered = await this.discoverOnce(where);
    return discovered === form ? undefined : discovered;
  }

  private async discoverOnce(where: Where): Promise<Form> {
    this.discovering ??= this.discover(where).finally(() => (this.discovering = undefined));
    const form = await this.discovering;
    this.wasDiscovered = true;
    await this.learn(form);
    return form;
  }
}
