import * as pulumi from "@pulumi/pulumi";
import type { Mistake } from "../model";
import { TYPE_TOKENS, type ResourceKind } from "../model/resource-kinds";
import { idMistakes, importMistakes } from "./options-check";
import type { ProgramCheck } from "./program-check";
import { resourceInfo } from "./resource-info";

/** A resource that a program makes, before it is registered. */
export interface Registration {
  readonly kind: ResourceKind;
  readonly name: string;
  /** Without mistakes. */
  readonly args: object;
  readonly opts: pulumi.CustomResourceOptions | undefined;
  /** Settles when the program has no mistakes. */
  readonly passedCheck: Promise<void>;
  readonly program: ProgramCheck;
}

/** How the engine reaches a resource of a program: by Pulumi's host of dynamic resources, or by the plugin. */
export interface Door {
  /** Whether the engine's host looks for the code of this package from the program's folder. */
  readonly needsHost: boolean;
  readonly type: (kind: ResourceKind) => string;
  /** What is wrong in the options. `instead`: the way where `import` is none. */
  readonly optionMistakes: (opts: pulumi.CustomResourceOptions | undefined, instead: string) => Mistake[];
  /** What is registered beside the arguments. */
  readonly properties: (registration: Registration) => pulumi.Inputs;
  readonly options: (
    kind: ResourceKind,
    opts: pulumi.CustomResourceOptions | undefined,
  ) => pulumi.CustomResourceOptions | undefined;
}

export const DYNAMIC: Door = {
  needsHost: true,
  type: (kind) => TYPE_TOKENS[kind].dynamic,
  optionMistakes: (opts, instead) => [...importMistakes(opts, instead), ...idMistakes(opts)],
  properties: ({ kind, name, args, opts, passedCheck, program }) => ({
    __provider: pulumi.output(passedCheck.then(() => program.providers[kind])),
    // A read has no arguments to check.
    ...(opts?.id === undefined && { __resource: resourceInfo(TYPE_TOKENS[kind].dynamic, name, args, opts) }),
  }),
  options: (_, opts) => opts,
};

export const NATIVE: Door = {
  needsHost: false,
  type: (kind) => TYPE_TOKENS[kind].native,
  optionMistakes: idMistakes,
  // No argument is called so: it reaches nobody, and is known once the program has no mistakes.
  properties: ({ passedCheck }) => ({ orgId: pulumi.output(passedCheck.then(() => undefined)) }),
  options: (kind, opts) => ({ ...opts, aliases: [...(opts?.aliases ?? []), { type: TYPE_TOKENS[kind].dynamic }] }),
};
