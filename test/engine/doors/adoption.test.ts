import { play } from "./play";
import { ADOPTION } from "./scenes/adoption";

play(ADOPTION);
