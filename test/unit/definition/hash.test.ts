import { equal, hash } from "../../../definition";
import { MOBILE, PAGE_EXISTS } from "./samples";

test("a hash is the SHA-256 of the canonical text", () => {
  // printf '%s' '<canonical text>' | sha256sum
  expect(hash(PAGE_EXISTS)).toBe("965c9d3050ec452185432b3b749fbb165ac8b872df74a6b047d1470aaecb7ffb");
});

test("equal definitions have equal hashes, others have not", () => {
  const respelled = { ...MOBILE, func: "segment", container: { ...MOBILE.container, func: "container" } };
  expect(equal(MOBILE, respelled)).toBe(true);
  expect(hash(respelled)).toBe(hash(MOBILE));
  expect(hash(PAGE_EXISTS)).not.toBe(hash(MOBILE));
});
