import { createHash } from "node:crypto";

/** 24 hex digits as Adobe's segment IDs end: 8 of creation time in seconds, 16 of a counter. */
export function objectId(createdMs: number, counter: number): string {
  const seconds = Math.floor(createdMs / 1000);
  return seconds.toString(16).padStart(8, "0").slice(-8) + counter.toString(16).padStart(16, "0");
}

/** A text in the form of a UUID that is the same for the same seed, so that a run can be repeated. */
export function uuidOf(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
