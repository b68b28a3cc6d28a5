import { play } from "./play";
import { SEGMENTS } from "./scenes/segments";

play(SEGMENTS);
