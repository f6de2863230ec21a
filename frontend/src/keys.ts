// Quick keys: an element with `data-key` is reached, chosen or pressed by one key or two.

import { current, items, move } from "./items";
import { converting, half, isField } from "./typing";

const STORED = "kb-single-keys";
const PATIENCE = 700;
const FIELD = "input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select";

let first = "";
let left: HTMLDetailsElement | null = null;
let timer = 0;

/** Listen to keys, and show what a page has for them. */
export function startKeys(): void {
  document.documentElement.classList.add("scripted");
  show();
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !converting(event) && pressed(event)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches("[data-single-keys]")) return;
    localStorage.setItem(STORED, box.checked ? "on" : "off");
    show();
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const dialog = button?.getAttribute("data-dialog");
    if (dialog) open(dialog);
    if (button?.hasAttribute("data-close")) button.closest("dialog")?.close();
    const key = button?.getAttribute("data-press");
    if (key) act(key);
  });
}

function wanted(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

/** Keys are named on the page only while they do something. */
function show(): void {
  document.documentElement.classList.toggle("keys-on", wanted());
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-single-keys]")) {
    box.checked = wanted();
  }
}

/** Do what a key stands for; false where it stands for nothing. */
function pressed(event: KeyboardEvent): boolean {
  if (event.key === "Escape") return leave(event);
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return finish(event.target);
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (isField(event.target) || document.querySelector("dialog[open]")) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const here = document.activeElement;
    const begins = here === document.body && event.key === "ArrowDown" && seeks();
    const walking = begins || here?.closest("[data-walk], .rows, .plan, .hits, table.list");
    if (!walking || event.target instanceof HTMLInputElement) return false;
    return move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (!wanted() || event.repeat) return wanted() && walk(half(event.key));
  return single(half(event.key));
}

/** Whether the page shows what was found; one comes to it from a field that is on another page. */
function seeks(): boolean {
  return document.querySelector("form[data-seek]") !== null && document.querySelector(".hits") !== null;
}

function single(key: string): boolean {
  const before = first;
  forget();
  if (before && act(`${before} ${key}`)) return true;
  if (begins(key)) {
    first = key;
    // The key may stand for something by itself, too: that waits for a second one.
    timer = window.setTimeout(() => {
      forget();
      act(key);
    }, PATIENCE);
    return true;
  }
  return walk(key) || act(key);
}

function walk(key: string): boolean {
  return (key === "j" && move(1)) || (key === "k" && move(-1));
}

function forget(): void {
  window.clearTimeout(timer);
  first = "";
}

function keysOf(element: Element): string[] {
  return (element.getAttribute("data-key") ?? "").split(",").map((key) => key.trim());
}

function begins(key: string): boolean {
  return [...document.querySelectorAll("[data-key]")].some((element) =>
    keysOf(element).some((one) => one.startsWith(`${key} `)),
  );
}

/** Do what a key stands for: in the item that one is at, else the first place on the page. */
function act(key: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("[data-key]")].filter(
    (element) => keysOf(element).includes(key) && reachable(element),
  );
  const here = current();
  const inside = all.filter((element) => here?.contains(element));
  const target = inside[0] ?? all.find((element) => element.checkVisibility()) ?? all[0];
  if (!target) return false;
  activate(target, inside.length > 0 || !items().some((item) => item.contains(target)));
  return true;
}

/** Whether an element can be seen once what it is folded into is open, or leads on from a list. */
function reachable(element: HTMLElement): boolean {
  if (element.matches(":disabled")) return false;
  if (element.checkVisibility() || element.matches("dialog a")) return true;
  const folded = element.closest("details:not([open])");
  return folded !== null && (folded.parentElement?.checkVisibility() ?? false);
}

/** Use an element; what writes is pressed only in the item that one is at, else it is shown. */
function activate(element: HTMLElement, here: boolean): void {
  const dialog = element.getAttribute("data-dialog");
  if (dialog) {
    open(dialog);
    return;
  }
  for (let up = element.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement && element.tagName !== "SUMMARY") up.open = true;
  }
  if (element instanceof HTMLInputElement && element.type === "radio") {
    element.checked = true;
    element.dispatchEvent(new Event("change", { bubbles: true }));
    (element.form?.querySelector<HTMLElement>(FIELD) ?? element).focus();
  } else if (element.tagName === "SUMMARY" && element.parentElement instanceof HTMLDetailsElement) {
    element.parentElement.open = true;
    (element.parentElement.querySelector<HTMLElement>(`${FIELD}, [type=radio]`) ?? element).focus();
  } else if (element.matches("a, button") && !element.hasAttribute("data-only-focus") && here) {
    element.click();
  } else {
    element.focus();
  }
}

/** Open a dialog of the page; it gives the focus back by itself. */
function open(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** Esc leaves a field, then closes what is open around the focus. */
function leave(event: KeyboardEvent): boolean {
  forget();
  const here = document.activeElement;
  if (document.querySelector("dialog[open]") || !(here instanceof HTMLElement)) return false;
  if (isField(event.target)) {
    left = here.closest("details[open]");
    here.blur();
    return true;
  }
  const around = here === document.body ? left : here.closest<HTMLDetailsElement>("details[open]");
  left = null;
  if (!around?.isConnected) return false;
  around.open = false;
  around.querySelector("summary")?.focus();
  return true;
}

/** Ctrl+Enter sends the line that is being written; where there is none, it finishes the page. */
function finish(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
    const form = target.form;
    if (form && form.method === "post" && isField(target) && target.value !== target.defaultValue) {
      form.requestSubmit();
      return true;
    }
  }
  const button = document.querySelector<HTMLElement>('[data-key="Ctrl+Enter"]');
  button?.click();
  return button !== null;
}
