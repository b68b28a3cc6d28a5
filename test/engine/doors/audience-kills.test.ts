import { play } from "./play";
import { AUDIENCE_KILLS } from "./scenes/audience-kills";

play(AUDIENCE_KILLS);
