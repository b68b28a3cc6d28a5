import { play } from "./play";
import { JOBS } from "./scenes/jobs";

play(JOBS);
