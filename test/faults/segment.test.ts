import { playCreation } from "./creation";
import { playAll } from "./matrix";
import { SEGMENT_OPERATIONS, TAG_OF_NEW } from "./segment-operations";

// What the words mean stands in outcomes.ts, what goes wrong in faults.ts, what is done in segment-operations.ts.

playAll(
  "once",
  `
                        | create      | find lost | read       | read by ID | update     | delete     | validate   | tag         | read shares | page 2
  ----------------------|-------------|-----------|------------|------------|------------|------------|------------|-------------|-------------|-----------
  429, back in 7 s      | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  429, back at a time   | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  429, back in an hour  | no: Limit   | open      | no: Limit  | no: Limit  | no: Limit  | no: Limit  | no: Limit  | kept: Limit | no: Limit   | no: Limit
  429, back soon        | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  500, no work          | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  502, work done        | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  503, no work          | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  408, no work          | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  425, too early        | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  reset before          | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  reset, work done      | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  no answer             | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  no answer, work done  | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  slow drip, work done  | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  half a body           | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  not JSON              | found       | again     | again      | again      | again      | again      | again      | again       | again       | again
  another JSON          | found       | open      | no: Answer | no: Answer | no: Answer | served     | no: Answer | kept: Answer| no: Answer  | no: Answer
  no body               | found       | open      | no: Answer | no: Answer | no: Answer | served     | no: Answer | kept: Answer| no: Answer  | no: Answer
  a page                | look, again | again     | again      | again      | again      | again      | again      | again       | again       | again
  a page, 404           | no: Answer  | open      | no: Answer | no: Answer | no: Answer | no: Answer | no: Answer | kept: Answer| no: Answer  | no: Answer
  redirect              | no: Answer  | open      | no: Answer | no: Answer | no: Answer | no: Answer | no: Answer | kept: Answer| no: Answer  | no: Answer
  401, token ended      | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  401, no sign-in       | again       | again     | again      | again      | again      | again      | again      | again       | again       | again
  killed, no work       | look, again | again     | again      | again      | again      | again      | again      | again       | again       | asked again
  killed, work done     | found       | again     | again      | again      | again      | again      | again      | again       | again       | asked again
`,
  SEGMENT_OPERATIONS,
);

// The whole API is in trouble while the run lasts; the next one finds it well.
playAll(
  "for ever",
  `
                         | create       | find lost | read         | read by ID   | update       | delete       | validate     | tag         | read shares | page 2
  -----------------------|--------------|-----------|--------------|--------------|--------------|--------------|--------------|-------------|-------------|-------------
  429, back in 7 s       | end: Limit   | open      | end: Limit   | end: Limit   | end: Limit   | end: Limit   | end: Limit   | kept: Limit | end: Limit  | end: Limit
  429, back at a time    | end: Limit   | open      | end: Limit   | end: Limit   | end: Limit   | end: Limit   | end: Limit   | kept: Limit | end: Limit  | end: Limit
  429, back in an hour   | no: Limit    | open      | no: Limit    | no: Limit    | no: Limit    | no: Limit    | no: Limit    | kept: Limit | no: Limit   | no: Limit
  429, back soon         | end: Limit   | open      | end: Limit   | end: Limit   | end: Limit   | end: Limit   | end: Limit   | kept: Limit | end: Limit  | end: Limit
  500, no work           | open         | open      | end: Service | end: Service | end: Service | end: Service | end: Service | kept: Service| end: Service| end: Service
  502, work done         | open         | open      | end: Service | end: Service | end: Service | end: Service | end: Service | kept: Service| end: Service| end: Service
  503, no work           | open         | open      | end: Service | end: Service | end: Service | end: Service | end: Service | kept: Service| end: Service| end: Service
  408, no work           | open         | open      | end: Service | end: Service | end: Service | end: Service | end: Service | kept: Service| end: Service| end: Service
  425, too early         | end: Service | open      | end: Service | end: Service | end: Service | end: Service | end: Service | kept: Service| end: Service| end: Service
  reset before           | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  reset, work done       | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  no answer              | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  no answer, work done   | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  slow drip, work done   | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  half a body            | open         | open      | end: Network | end: Network | end: Network | end: Network | end: Network | kept: Network| end: Network| end: Network
  not JSON               | open         | open      | end: Answer  | end: Answer  | end: Answer  | end: Answer  | end: Answer  | kept: Answer| end: Answer | end: Answer
  another JSON           | open         | open      | no: Answer   | no: Answer   | no: Answer   | end: Answer  | no: Answer   | kept: Answer| no: Answer  | no: Answer
  no body                | open         | open      | no: Answer   | no: Answer   | no: Answer   | end: Answer  | no: Answer   | kept: Answer| no: Answer  | no: Answer
  a page                 | open         | open      | end: Answer  | end: Answer  | end: Answer  | end: Answer  | end: Answer  | kept: Answer| end: Answer | end: Answer
  a page, 404            | no: Answer   | open      | no: Answer   | no: Answer   | no: Answer   | no: Answer   | no: Answer   | kept: Answer| no: Answer  | no: Answer
  redirect               | no: Answer   | open      | no: Answer   | no: Answer   | no: Answer   | no: Answer   | no: Answer   | kept: Answer| no: Answer  | no: Answer
  401, token ended       | end: Login   | open      | end: Login   | end: Login   | end: Login   | end: Login   | end: Login   | kept: Login | end: Login  | end: Login
  401, no sign-in        | no sign-in   | open      | no sign-in   | no sign-in   | no sign-in   | no sign-in   | no sign-in   | kept: no sign-in| no sign-in  | no sign-in
`,
  SEGMENT_OPERATIONS,
);

playCreation(SEGMENT_OPERATIONS.create);

// The tags of a new segment: it stays in state without them, and the next run sets them.
for (const lasting of ["once", "for ever"] as const) {
  const of = (once: string, ever: string) => (lasting === "once" ? once : ever);
  const killed = lasting === "once" ? "killed, no work | again\n  killed, work done | again" : "";
  playAll(
    lasting,
    `
                        | tag new
  ----------------------|--------
  429, back in 7 s      | ${of("again", "kept: Limit")}
  429, back at a time   | ${of("again", "kept: Limit")}
  429, back in an hour  | kept: Limit
  429, back soon        | ${of("again", "kept: Limit")}
  500, no work          | ${of("again", "kept: Service")}
  502, work done        | ${of("again", "kept: Service")}
  503, no work          | ${of("again", "kept: Service")}
  408, no work          | ${of("again", "kept: Service")}
  425, too early        | ${of("again", "kept: Service")}
  reset before          | ${of("again", "kept: Network")}
  reset, work done      | ${of("again", "kept: Network")}
  no answer             | ${of("again", "kept: Network")}
  no answer, work done  | ${of("again", "kept: Network")}
  slow drip, work done  | ${of("again", "kept: Network")}
  half a body           | ${of("again", "kept: Network")}
  not JSON              | ${of("again", "kept: Answer")}
  another JSON          | kept: Answer
  no body               | kept: Answer
  a page                | ${of("again", "kept: Answer")}
  a page, 404           | kept: Answer
  redirect              | kept: Answer
  401, token ended      | ${of("again", "kept: Login")}
  401, no sign-in       | ${of("again", "kept: no sign-in")}
  ${killed}
`,
    { "tag new": TAG_OF_NEW },
  );
}
