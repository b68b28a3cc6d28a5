import * as pulumi from "@pulumi/pulumi";

/** Whether a value is known only later: an output of another resource, or a promise. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
