import { AUDIENCE_OPERATIONS, OLDER_OPERATIONS } from "./audience-operations";
import { playCreation } from "./creation";
import { playAll } from "./matrix";

// What the words mean stands in outcomes.ts, what goes wrong in faults.ts, what is done in audience-operations.ts.

playAll(
  "once",
  `
                       | create      | find lost | find policy | validate  | form       | read       | read 3     | page 2      | update     | confirm   | deactivate | users      | delete
  ---------------------|-------------|-----------|-------------|-----------|------------|------------|------------|-------------|------------|-----------|------------|------------|-----------
  429, back in 7 s     | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  429, back at a time  | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  429, back in an hour | no: Limit   | open      | no: Limit   | otherwise | no: Limit  | no: Limit  | no: Limit  | otherwise   | no: Limit  | otherwise | no: Limit  | no: Limit  | no: Limit
  429, back soon       | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  500, no work         | look, again | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  502, work done       | found       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  503, no work         | look, again | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  408, no work         | look, again | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  425, too early       | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  reset before         | look, again | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  reset, work done     | found       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  no answer            | look, again | again     | again       | otherwise | again      | again      | again      | again       | again      | again     | again      | again      | again
  no answer, work done | found       | again     | again       | otherwise | again      | again      | again      | again       | again      | again     | again      | again      | again
  slow drip, work done | found       | again     | again       | otherwise | again      | again      | again      | again       | again      | again     | again      | again      | again
  half a body          | found       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  not JSON             | found       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  another JSON         | found       | open      | no: Answer  | otherwise | no: Answer | no: Answer | no: Answer | otherwise   | no: Answer | otherwise | no: Answer | no: Answer | served
  no body              | found       | open      | no: Answer  | otherwise | no: Answer | no: Answer | no: Answer | otherwise   | served     | otherwise | served     | no: Answer | served
  a page               | look, again | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  a page, 404          | no: Answer  | open      | no: Answer  | otherwise | otherwise  | no: Answer | no: Answer | otherwise   | no: Answer | otherwise | no: Answer | no: Answer | no: Answer
  redirect             | no: Answer  | open      | no: Answer  | otherwise | no: Answer | no: Answer | no: Answer | otherwise   | no: Answer | otherwise | no: Answer | no: Answer | no: Answer
  401, token ended     | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  401, no sign-in      | again       | again     | again       | again     | again      | again      | again      | again       | again      | again     | again      | again      | again
  killed, no work      | look, again | again     | again       | again     | again      | again      | again      | asked again | again      | otherwise | again      | again      | again
  killed, work done    | found       | again     | again       | again     | again      | again      | again      | asked again | again      | otherwise | again      | again      | again
`,
  AUDIENCE_OPERATIONS,
);

// The service has the older form alone.
playAll(
  "once",
  `
                       | older create | older form | older read 3 | older page 2 | older current | older update | older confirm | older users | older delete
  ---------------------|--------------|------------|--------------|--------------|---------------|--------------|---------------|-------------|-------------
  429, back in 7 s     | again        | again      | again        | again        | again         | again        | again         | again       | again
  429, back at a time  | again        | again      | again        | again        | again         | again        | again         | again       | again
  429, back in an hour | no: Limit    | no: Limit  | no: Limit    | otherwise    | no: Limit     | no: Limit    | otherwise     | no: Limit   | no: Limit
  429, back soon       | again        | again      | again        | again        | again         | again        | again         | again       | again
  500, no work         | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  502, work done       | found        | again      | again        | again        | again         | again        | again         | again       | again
  503, no work         | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  408, no work         | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  425, too early       | again        | again      | again        | again        | again         | again        | again         | again       | again
  reset before         | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  reset, work done     | found        | again      | again        | again        | again         | again        | again         | again       | again
  no answer            | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  no answer, work done | found        | again      | again        | again        | again         | again        | again         | again       | again
  slow drip, work done | found        | again      | again        | again        | again         | again        | again         | again       | again
  half a body          | found        | again      | again        | again        | again         | again        | again         | again       | again
  not JSON             | found        | again      | again        | again        | again         | again        | again         | again       | again
  another JSON         | found        | no: Answer | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer  | served
  no body              | found        | no: Answer | no: Answer   | otherwise    | no: Answer    | served       | otherwise     | no: Answer  | served
  a page               | look, again  | again      | again        | again        | again         | again        | again         | again       | again
  a page, 404          | no: Answer   | no: Answer | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer  | no: Answer
  redirect             | no: Answer   | no: Answer | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer  | no: Answer
  401, token ended     | again        | again      | again        | again        | again         | again        | again         | again       | again
  401, no sign-in      | again        | again      | again        | again        | again         | again        | again         | again       | again
  killed, no work      | look, again  | again      | again        | asked again  | again         | again        | otherwise     | again       | again
  killed, work done    | found        | again      | again        | asked again  | again         | again        | otherwise     | again       | again
`,
  OLDER_OPERATIONS,
);

// The whole API is in trouble while the run lasts; the next one finds it well.
playAll(
  "for ever",
  `
                       | create       | find lost | find policy  | validate   | form         | read         | read 3       | page 2     | update       | confirm   | deactivate   | users        | delete
  ---------------------|--------------|-----------|--------------|------------|--------------|--------------|--------------|------------|--------------|-----------|--------------|--------------|-------------
  429, back in 7 s     | end: Limit   | open      | end: Limit   | otherwise  | end: Limit   | end: Limit   | end: Limit   | otherwise  | end: Limit   | otherwise | end: Limit   | end: Limit   | end: Limit
  429, back at a time  | end: Limit   | open      | end: Limit   | otherwise  | end: Limit   | end: Limit   | end: Limit   | otherwise  | end: Limit   | otherwise | end: Limit   | end: Limit   | end: Limit
  429, back in an hour | no: Limit    | open      | no: Limit    | otherwise  | no: Limit    | no: Limit    | no: Limit    | otherwise  | no: Limit    | otherwise | no: Limit    | no: Limit    | no: Limit
  429, back soon       | end: Limit   | open      | end: Limit   | otherwise  | end: Limit   | end: Limit   | end: Limit   | otherwise  | end: Limit   | otherwise | end: Limit   | end: Limit   | end: Limit
  500, no work         | open         | open      | end: Service | otherwise  | end: Service | end: Service | end: Service | otherwise  | end: Service | otherwise | end: Service | end: Service | end: Service
  502, work done       | open         | open      | end: Service | otherwise  | end: Service | end: Service | end: Service | otherwise  | end: Service | otherwise | end: Service | end: Service | end: Service
  503, no work         | open         | open      | end: Service | otherwise  | end: Service | end: Service | end: Service | otherwise  | end: Service | otherwise | end: Service | end: Service | end: Service
  408, no work         | open         | open      | end: Service | otherwise  | end: Service | end: Service | end: Service | otherwise  | end: Service | otherwise | end: Service | end: Service | end: Service
  425, too early       | end: Service | open      | end: Service | otherwise  | end: Service | end: Service | end: Service | otherwise  | end: Service | otherwise | end: Service | end: Service | end: Service
  reset before         | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  reset, work done     | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  no answer            | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  no answer, work done | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  slow drip, work done | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  half a body          | open         | open      | end: Network | otherwise  | end: Network | end: Network | end: Network | otherwise  | end: Network | otherwise | end: Network | end: Network | end: Network
  not JSON             | open         | open      | end: Answer  | otherwise  | end: Answer  | end: Answer  | end: Answer  | otherwise  | end: Answer  | otherwise | end: Answer  | end: Answer  | end: Answer
  another JSON         | open         | open      | no: Answer   | otherwise  | no: Answer   | no: Answer   | no: Answer   | otherwise  | no: Answer   | otherwise | no: Answer   | no: Answer   | end: Answer
  no body              | open         | open      | no: Answer   | otherwise  | no: Answer   | no: Answer   | no: Answer   | otherwise  | end: Answer  | otherwise | end: Answer  | no: Answer   | served
  a page               | open         | open      | end: Answer  | otherwise  | end: Answer  | end: Answer  | end: Answer  | otherwise  | end: Answer  | otherwise | end: Answer  | end: Answer  | end: Answer
  a page, 404          | end: Answer  | open      | no: Answer   | otherwise  | end: Answer  | end: Answer  | end: Answer  | otherwise  | end: Answer  | otherwise | end: Answer  | end: Answer  | end: Answer
  redirect             | no: Answer   | open      | no: Answer   | otherwise  | no: Answer   | no: Answer   | no: Answer   | otherwise  | no: Answer   | otherwise | no: Answer   | no: Answer   | no: Answer
  401, token ended     | end: Login   | open      | end: Login   | end: Login | end: Login   | end: Login   | end: Login   | otherwise  | end: Login   | otherwise | end: Login   | end: Login   | end: Login
  401, no sign-in      | no sign-in   | open      | no sign-in   | no sign-in | no sign-in   | no sign-in   | no sign-in   | no sign-in | no sign-in   | otherwise | no sign-in   | no sign-in   | no sign-in
`,
  AUDIENCE_OPERATIONS,
);

playAll(
  "for ever",
  `
                       | older create | older form   | older read 3 | older page 2 | older current | older update | older confirm | older users  | older delete
  ---------------------|--------------|--------------|--------------|--------------|---------------|--------------|---------------|--------------|-------------
  429, back in 7 s     | end: Limit   | end: Limit   | end: Limit   | otherwise    | end: Limit    | end: Limit   | otherwise     | end: Limit   | end: Limit
  429, back at a time  | end: Limit   | end: Limit   | end: Limit   | otherwise    | end: Limit    | end: Limit   | otherwise     | end: Limit   | end: Limit
  429, back in an hour | no: Limit    | no: Limit    | no: Limit    | otherwise    | no: Limit     | no: Limit    | otherwise     | no: Limit    | no: Limit
  429, back soon       | end: Limit   | end: Limit   | end: Limit   | otherwise    | end: Limit    | end: Limit   | otherwise     | end: Limit   | end: Limit
  500, no work         | open         | end: Service | end: Service | otherwise    | end: Service  | end: Service | otherwise     | end: Service | end: Service
  502, work done       | open         | end: Service | end: Service | otherwise    | end: Service  | end: Service | otherwise     | end: Service | end: Service
  503, no work         | open         | end: Service | end: Service | otherwise    | end: Service  | end: Service | otherwise     | end: Service | end: Service
  408, no work         | open         | end: Service | end: Service | otherwise    | end: Service  | end: Service | otherwise     | end: Service | end: Service
  425, too early       | end: Service | end: Service | end: Service | otherwise    | end: Service  | end: Service | otherwise     | end: Service | end: Service
  reset before         | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  reset, work done     | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  no answer            | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  no answer, work done | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  slow drip, work done | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  half a body          | open         | end: Network | end: Network | otherwise    | end: Network  | end: Network | otherwise     | end: Network | end: Network
  not JSON             | open         | end: Answer  | end: Answer  | otherwise    | end: Answer   | end: Answer  | otherwise     | end: Answer  | end: Answer
  another JSON         | open         | no: Answer   | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer   | end: Answer
  no body              | open         | no: Answer   | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer   | served
  a page               | open         | end: Answer  | end: Answer  | otherwise    | end: Answer   | end: Answer  | otherwise     | end: Answer  | end: Answer
  a page, 404          | end: Answer  | end: Answer  | end: Answer  | otherwise    | no: Answer    | end: Answer  | otherwise     | no: Answer   | end: Answer
  redirect             | no: Answer   | no: Answer   | no: Answer   | otherwise    | no: Answer    | no: Answer   | otherwise     | no: Answer   | no: Answer
  401, token ended     | end: Login   | end: Login   | end: Login   | otherwise    | end: Login    | end: Login   | otherwise     | end: Login   | end: Login
  401, no sign-in      | no sign-in   | no sign-in   | no sign-in   | no sign-in   | no sign-in    | no sign-in   | otherwise     | no sign-in   | no sign-in
`,
  OLDER_OPERATIONS,
);

playCreation(AUDIENCE_OPERATIONS.create);
