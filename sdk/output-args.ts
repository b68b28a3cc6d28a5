import * as pulumi from "@pulumi/pulumi";

/** Whether a value is known only later: an output of another resource, or a promise. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Arguments of which each may be known later, and each entry of a list. */
export type LaterArgs<Args> = { [Name in keyof Args]: pulumi.Input<LaterItems<Args[Name]>> };
type LaterItems<Value> = Value extends (infer Item)[] ? pulumi.Input<Item>[] : Value;
