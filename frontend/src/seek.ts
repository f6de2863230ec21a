// Finds while somebody types: by words at once, by meaning too when the typing pauses or by Enter.

import { focusItem, items } from "./items";
import { pageOf, put } from "./morph";
import { converting, underConversion } from "./typing";

const SOON = 120;
const PAUSE = 800;
// How long to wait before what is being prepared, or had no answer, is asked for again: longer each
// time, at most so.
const LOADING = 1500;
const SLOWER = 1.3;
const SLOWEST = 15_000;

let asked: AbortController | null = null;
let timer = 0;
let shown = "";
// Whether what is shown was found by words alone, for now.
let part = false;

/** Take over the field under `data-seek`; its answer is put into the page that is shown. */
export function startSeek(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-seek]");
  const field = form?.querySelector<HTMLInputElement>("input[type=search]");
  if (!form || !field) return;
  shown = address(form);
  field.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    later(SOON, () => look(form, true));
  });
  field.addEventListener("compositionend", () => later(0, () => look(form, true)));
  field.addEventListener("keydown", (event) => {
    if (converting(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key !== "ArrowDown") return;
    const first = items()[0];
    if (first) focusItem(first);
    event.preventDefault();
  });
  const up = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowUp" || converting(event)) return;
    if (!document.activeElement?.closest(".hits > li:first-child")) return;
    event.preventDefault();
    field.focus();
  };
  document.addEventListener("keydown", up, true);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0, () => look(form, false));
  });
  wait(form, LOADING);
}

function later(after: number, call: () => void): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(call, after);
}

/** Where the page is that the form asks for. */
function address(form: HTMLFormElement): string {
  const said = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const text = typeof value === "string" ? value.trim() : "";
    if (text) said.append(name, text);
  }
  return said.size ? `/search?${said}` : "/search";
}

/** Ask and show the answer; only the last question counts. After a `quick` one comes a whole one. */
async function look(form: HTMLFormElement, quick: boolean, after = LOADING): Promise<void> {
  const where = address(form);
  if (quick && where === shown) {
    if (part) later(PAUSE, () => look(form, false));
    else wait(form, LOADING);
    return;
  }
  asked?.abort();
  const mine = (asked = new AbortController());
  const more = quick && where.includes("?") ? "&quick=1" : "";
  try {
    const answer = await fetch(where + more, { signal: mine.signal });
    if (answer.status >= 500) return again(form, where, quick, after);
    const page = answer.ok ? await pageOf(answer) : null;
    if (!page || mine.signal.aborted) return;
    // The form stays as it is: somebody types in it.
    page.getElementById("main")?.removeAttribute("id");
    await put(page);
  } catch {
    if (!mine.signal.aborted) again(form, where, quick, after); // the server may be starting anew
    return;
  }
  shown = where;
  part = quick;
  history.replaceState(null, "", where);
  if (address(form) !== where) return; // typed on meanwhile: that is asked in a moment
  if (quick) later(PAUSE, () => look(form, false));
  else wait(form, after);
}

/** Ask again, less and less often, until the server has read what it needs. */
function wait(form: HTMLFormElement, after: number): void {
  if (document.querySelector("#found[data-soon]")) again(form, shown, false, after);
}

/** Ask for `where` again after a while, once somebody sees the page and types nothing else. */
function again(form: HTMLFormElement, where: string, quick: boolean, after: number): void {
  later(after, () => {
    const next = Math.min(after * SLOWER, SLOWEST);
    const otherwise = address(form) !== where || document.hidden || underConversion();
    if (otherwise) again(form, where, quick, next);
    else void look(form, quick, next);
  });
}
