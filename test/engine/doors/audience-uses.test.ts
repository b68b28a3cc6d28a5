import { play } from "./play";
import { AUDIENCE_USES } from "./scenes/audience-uses";

play(AUDIENCE_USES);
