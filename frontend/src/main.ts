// Everything that a script adds to pages that work without one; each part begins by itself.

import { startAttach } from "./attach";
import { startComplete } from "./complete";
import { startClock } from "./clock";
import { startCopying } from "./copying";
import { startDrafts } from "./drafts";
import { startEdit } from "./edit";
import { startEnter } from "./enter";
import { startItems } from "./items";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startOlder } from "./older";
import { startOutbox } from "./outbox";
import { startPractice } from "./practice";
import { startPrinting } from "./printing";
import { startSeek } from "./seek";
import { startSend } from "./send";
import { startTimer } from "./timer";
import { startTyping } from "./typing";

startTyping();
startEnter();
startAttach();
startItems();
startComplete();
startKeys();
startEdit();
startDrafts();
startOutbox();
startSend();
startSeek();
startTimer();
startPractice();
startLive();
startClock();
startCopying();
startPrinting();
startOlder();
