import { JOB_OPERATIONS } from "./job-operations";
import { playCreation } from "./creation";
import { playAll } from "./matrix";

// What the words mean stands in outcomes.ts, what goes wrong in faults.ts, what is done in job-operations.ts.

playAll(
  "once",
  `
                        | create      | find lost | poll         | read 3     | page 2    | cancel
  ----------------------|-------------|-----------|--------------|------------|-----------|-----------
  429, back in 7 s      | again       | again     | asked again  | again      | again     | again
  429, back at a time   | again       | again     | asked again  | again      | again     | again
  429, back in an hour  | no: Limit   | open      | waits on     | no: Limit  | otherwise | no: Limit
  429, back soon        | again       | again     | asked again  | again      | again     | again
  500, no work          | look, again | again     | asked again  | again      | again     | again
  502, work done        | found       | again     | asked again  | again      | again     | cancelled
  503, no work          | look, again | again     | asked again  | again      | again     | again
  408, no work          | look, again | again     | asked again  | again      | again     | again
  425, too early        | again       | again     | asked again  | again      | again     | again
  reset before          | look, again | again     | asked again  | again      | again     | again
  reset, work done      | found       | again     | asked again  | again      | again     | cancelled
  no answer             | look, again | again     | asked again  | again      | again     | again
  no answer, work done  | found       | again     | asked again  | again      | again     | cancelled
  slow drip, work done  | found       | again     | asked again  | again      | again     | served
  half a body           | found       | again     | asked again  | again      | again     | cancelled
  not JSON              | found       | again     | asked again  | again      | again     | cancelled
  another JSON          | found       | open      | kept: Answer | no: Answer | otherwise | served
  no body               | found       | open      | kept: Answer | no: Answer | otherwise | served
  a page                | look, again | again     | asked again  | again      | again     | again
  a page, 404           | no: Answer  | open      | kept: Answer | no: Answer | otherwise | no: Answer
  redirect              | no: Answer  | open      | kept: Answer | no: Answer | otherwise | no: Answer
  401, token ended      | again       | again     | asked again  | again      | again     | again
  401, no sign-in       | again       | again     | asked again  | again      | again     | again
  killed, no work       | look, again | again     | asked again  | again      | asked again | again
  killed, work done     | found       | again     | asked again  | again      | asked again | served
`,
  JOB_OPERATIONS,
);

// The whole API is in trouble while the run lasts; the next one finds it well.
playAll(
  "for ever",
  `
                         | create       | find lost | poll         | read 3       | page 2     | cancel
  -----------------------|--------------|-----------|--------------|--------------|------------|-------------
  429, back in 7 s       | end: Limit   | open      | time is up   | end: Limit   | otherwise  | end: Limit
  429, back at a time    | end: Limit   | open      | time is up   | end: Limit   | otherwise  | end: Limit
  429, back in an hour   | no: Limit    | open      | time is up   | no: Limit    | otherwise  | no: Limit
  429, back soon         | end: Limit   | open      | time is up   | end: Limit   | otherwise  | end: Limit
  500, no work           | open         | open      | time is up   | end: Service | otherwise  | end: Service
  502, work done         | open         | open      | time is up   | end: Service | otherwise  | end: Service
  503, no work           | open         | open      | time is up   | end: Service | otherwise  | end: Service
  408, no work           | open         | open      | time is up   | end: Service | otherwise  | end: Service
  425, too early         | end: Service | open      | time is up   | end: Service | otherwise  | end: Service
  reset before           | open         | open      | time is up   | end: Network | otherwise  | end: Network
  reset, work done       | open         | open      | time is up   | end: Network | otherwise  | end: Network
  no answer              | open         | open      | time is up   | end: Network | otherwise  | end: Network
  no answer, work done   | open         | open      | time is up   | end: Network | otherwise  | end: Network
  slow drip, work done   | open         | open      | time is up   | end: Network | otherwise  | end: Network
  half a body            | open         | open      | time is up   | end: Network | otherwise  | end: Network
  not JSON               | open         | open      | kept: Answer | end: Answer  | otherwise  | end: Answer
  another JSON           | open         | open      | kept: Answer | no: Answer   | otherwise  | no: Answer
  no body                | open         | open      | kept: Answer | no: Answer   | otherwise  | no: Answer
  a page                 | open         | open      | kept: Answer | end: Answer  | otherwise  | end: Answer
  a page, 404            | no: Answer   | open      | kept: Answer | no: Answer   | otherwise  | no: Answer
  redirect               | no: Answer   | open      | kept: Answer | no: Answer   | otherwise  | no: Answer
  401, token ended       | end: Login   | open      | kept: Login  | end: Login   | otherwise  | end: Login
  401, no sign-in        | no sign-in   | open      | time is up   | no sign-in   | no sign-in | no sign-in
`,
  JOB_OPERATIONS,
);

playCreation(JOB_OPERATIONS.create);
