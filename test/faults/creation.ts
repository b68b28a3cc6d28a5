import { playAll } from "./matrix";
import type { Operation } from "./operation";

/** What each kind of resource does where more than one of the requests that make it go wrong: the same, whichever it is. */
export function playCreation(create: Operation): void {
  // Two in a row are no outage: what the first has not made is looked for, and so is what the second has not made.
  playAll(
    "twice",
    `
                       | create
  ---------------------|-------------
  429, back in 7 s     | asked again
  429, back at a time  | asked again
  429, back in an hour | no: Limit
  429, back soon       | asked again
  500, no work         | looks, again
  502, work done       | found
  503, no work         | looks, again
  408, no work         | looks, again
  425, too early       | asked again
  reset before         | look, open
  reset, work done     | found
  no answer            | look, open
  no answer, work done | found
  slow drip, work done | found
  half a body          | found
  not JSON             | found
  another JSON         | found
  no body              | found
  a page               | looks, again
  a page, 404          | no: Answer
  redirect             | no: Answer
  401, token ended     | end: Login
  `,
    { create },
  );

  // Nothing but the request that makes it is in trouble: what it has made can be looked for.
  playAll(
    "for ever, alone",
    `
                       | create
  ---------------------|-------------
  429, back in 7 s     | end: Limit
  429, back at a time  | end: Limit
  429, back in an hour | no: Limit
  429, back soon       | end: Limit
  500, no work         | looks, open
  502, work done       | found
  503, no work         | looks, open
  408, no work         | looks, open
  425, too early       | end: Service
  reset before         | look, open
  reset, work done     | found
  no answer            | look, open
  no answer, work done | found
  slow drip, work done | found
  half a body          | found
  not JSON             | found
  another JSON         | found
  no body              | found
  a page               | looks, open
  a page, 404          | no: Answer
  redirect             | no: Answer
  401, token ended     | end: Login
  401, no sign-in      | no sign-in
  `,
    { create },
  );
}
