import { play } from "./play";
import { AUDIENCE_FAILURES } from "./scenes/audience-failures";

play(AUDIENCE_FAILURES);
