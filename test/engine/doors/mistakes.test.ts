import { play } from "./play";
import { MISTAKES } from "./scenes/mistakes";

play(MISTAKES);
