import * as pulumi from "@pulumi/pulumi";

/** Whether a value is known only later: an output of another resource, or a promise. */
export function isOutputOrPromise(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Arguments of which each may be known later, and each entry of a list. */
export type OutputArgs<Args> = { [Name in keyof Args]: pulumi.Input<OutputItems<Args[Name]>> };
type OutputItems<Value> = Value extends (infer Item)[] ? pulumi.Input<Item>[] : Value;
