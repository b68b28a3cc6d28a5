import { play } from "./play";
import { METADATA } from "./scenes/metadata";

play(METADATA);
