import { play } from "./play";
import { AUDIENCES } from "./scenes/audiences";

play(AUDIENCES);
