import { play } from "./play";
import { FAILURES } from "./scenes/failures";

play(FAILURES);
