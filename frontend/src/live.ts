// Shows what colleagues write within a second: the server tells that something changed, and the
// page fetches itself once more. Nothing moves under somebody who writes. A page with `data-tell`
// holds more than one fetch would bring: it only says that there is news.

import { pageOf, put } from "./morph";
import { sending } from "./send";
import { settled } from "./typing";
import { filled } from "./words";

const OWN_ANSWER = 80;
const AGAIN = 30_000;

let stream: EventSource | null = null;
let due = false;
let busy = false;
let later = 0;

/** Listen while the page can be seen; a page that was hidden catches up at once. */
export function startLive(): void {
  if (!source()) return;
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && follow());
  document.addEventListener("kb:back", follow);
  follow();
}

function main(): HTMLElement | null {
  return document.getElementById("main");
}

function source(): string {
  return main()?.dataset["live"] ?? "";
}

function close(): void {
  window.clearTimeout(later);
  stream?.close();
  stream = null;
}

function follow(): void {
  if (document.hidden) {
    close();
    return;
  }
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  close();
  const opened = new EventSource(source());
  stream = opened;
  opened.addEventListener("changed", (event) => void changed(event.data as string));
  opened.addEventListener("over", () => {
    close();
    if (main()?.hasAttribute("data-over")) location.reload(); // a guest's link opens no more
  });
  opened.addEventListener("open", () => document.dispatchEvent(new CustomEvent("kb:there")));
  opened.addEventListener("error", () => {
    // A refusal is final for the browser: there were too many, or the session is over.
    if (opened.readyState === EventSource.CLOSED) later = window.setTimeout(follow, AGAIN);
  });
}

async function changed(data: string): Promise<void> {
  const told = JSON.parse(data) as { digest?: string };
  const isNew = (): boolean => told.digest !== main()?.dataset["digest"];
  if (!isNew()) return;
  // The answer to what was sent here brings the page with it.
  await new Promise((resolve) => setTimeout(resolve, OWN_ANSWER));
  await sending();
  if (!isNew()) return;
  if (main()?.hasAttribute("data-tell")) {
    document.getElementById("newer")?.removeAttribute("hidden");
    return;
  }
  due = true;
  if (busy) return;
  busy = true;
  while (due) {
    due = false;
    await catchUp();
  }
  busy = false;
}

/** Fetch the page and put it in place, without moving what has the focus. */
async function catchUp(): Promise<void> {
  const asked = location.pathname + location.search;
  const before = main()?.dataset["digest"];
  const answer = await fetch(asked).catch(() => null);
  const page = answer?.ok ? await pageOf(answer) : null;
  if (!page?.getElementById("main")) return;
  await settled();
  await sending();
  if (asked !== location.pathname + location.search) return;
  if (main()?.dataset["digest"] !== before) {
    due = true; // what was sent meanwhile brought a newer page than this one
    return;
  }
  const place = held();
  await put(page);
  place();
  const said = document.querySelector("[data-live-said]");
  if (!said) return;
  // The same words are read out again only when they are new.
  said.textContent = "";
  setTimeout(() => (said.textContent = filled(said, "live-said", {})), 100);
}

/** Remember where on the screen the focused field is; the function returned puts it back there. */
function held(): () => void {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || here === document.body) return () => undefined;
  const before = here.getBoundingClientRect().top;
  return () => {
    if (!here.isConnected) return;
    let by = here.getBoundingClientRect().top - before;
    for (let up = here.parentElement; up && by; up = up.parentElement) {
      const was = up.scrollTop;
      if (up.scrollHeight > up.clientHeight) up.scrollTop += by;
      by -= up.scrollTop - was;
    }
  };
}
