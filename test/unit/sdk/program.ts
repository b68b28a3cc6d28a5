import * as pulumi from "@pulumi/pulumi";

/** What a program made of `pulumi-cja` would have done. */
export interface Outcome {
  /** The names of the resources that were registered with the engine. */
  readonly registered: readonly string[];
  /** What the program was refused with. */
  readonly report: string | undefined;
}

/** Runs a program without an engine, as an inline program of the Automation API runs: with a stack of its own. */
export async function runProgram(program: () => void): Promise<Outcome> {
  const registered: string[] = [];
  let settle: (report: string | undefined) => void;
  const ended = new Promise<string | undefined>((resolve) => (settle = resolve));
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, name, inputs }) => {
      if (type === "pulumi-nodejs:dynamic/cja:Program") settle((inputs as { report: string }).report);
      else if (type.includes("cja:")) registered.push(name);
      return { id: `${name}-id`, state: inputs as Record<string, unknown> };
    },
  });
  await pulumi.runtime.runInPulumiStack(async () => {
    program();
    // Made last, so that whatever is registered is registered before.
    new Last(() => settle(undefined));
  });
  return { report: await ended, registered };
}

class Last extends pulumi.ComponentResource {
  constructor(ended: () => void) {
    super("test:Last", "last");
    // A turn of the program, in which it is checked, one for what is wrong in values that are known later, and one in which its resources
    // are registered.
    this.urn.apply(() => setImmediate(() => setImmediate(() => setImmediate(ended))));
  }
}
