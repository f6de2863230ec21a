// Opens the form of editing over the page that it belongs to, and two texts for one line as well.

import { remember, restore } from "./drafts";
import { pageOf, put } from "./morph";
import { half } from "./typing";
import { copied, reasonOf } from "./words";

let composing = false;

/** Open what a pencil points to in a dialog; without one it is a page of its own. */
export function startEdit(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLAnchorElement>("a[data-edit]");
    if (link) {
      event.preventDefault();
      void open(link);
    } else if (target?.closest("dialog.editing [data-close]")) {
      event.preventDefault();
      target.closest("dialog")?.close();
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const dialog = form.closest<HTMLDialogElement>("dialog.editing");
    if (!dialog) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void send(dialog, form, event.submitter);
  }, true);
  document.addEventListener("keydown", (event) => pressed(event));
  document.addEventListener("compositionstart", () => (composing = true), true);
  document.addEventListener("compositionend", () => (composing = false), true);
}

/** One key chooses between two texts; such a form has no field to write into. */
function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!document.documentElement.classList.contains("keys-on")) return;
  const key = half(event.key);
  const buttons = document.querySelectorAll<HTMLElement>("dialog.editing[open] form.both button[data-key]");
  for (const button of buttons) if (button.dataset["key"] === key) button.click();
}

function pencils(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("a[data-edit]")];
}

async function open(link: HTMLAnchorElement): Promise<void> {
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok ? await pageOf(answer) : null;
  const dialog = document.createElement("dialog");
  dialog.className = "editing";
  if (!page || !fill(dialog, page)) {
    location.assign(link.href);
    return;
  }
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => composing && event.preventDefault());
  const at = pencils().indexOf(link);
  dialog.addEventListener("close", () => {
    dialog.remove();
    restore();
    if (link.isConnected) link.focus();
  });
  // The page may have been put in place anew: what was edited has a new link at the same place.
  dialog.addEventListener("kb:done", () => pencils()[at]?.focus());
  dialog.showModal();
  restore();
  const first = dialog.querySelector<HTMLElement>("textarea, input:not([type=hidden]), button.main");
  first?.focus();
  if (first instanceof HTMLTextAreaElement) first.setSelectionRange(first.value.length, first.value.length);
}

/** Put the heading and the form of a page into the dialog; false when it has none. */
function fill(dialog: HTMLDialogElement, page: Document): boolean {
  const form = page.querySelector("form.editor");
  const title = page.querySelector("main h1");
  if (!form) return false;
  const parts = [title, form].flatMap((one) => (one ? [document.importNode(one, true)] : []));
  dialog.replaceChildren(...parts);
  if (title) dialog.setAttribute("aria-label", title.textContent ?? "");
  return true;
}

async function send(dialog: HTMLDialogElement, form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string") body.append(name, value);
  }
  const detail = { form, data: body, text: "" };
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  const page = answer ? await pageOf(answer) : null;
  if (answer?.ok && page?.getElementById("main")) {
    form.reset();
    dialog.close();
    document.dispatchEvent(new CustomEvent("kb:saved", { detail }));
    const asked = new URL(answer.url);
    if (asked.pathname !== location.pathname) {
      location.assign(answer.url);
      return;
    }
    await put(page);
    dialog.dispatchEvent(new Event("kb:done"));
    return;
  }
  if (page && fill(dialog, page)) {
    dialog.querySelector<HTMLElement>("[autofocus], textarea")?.focus();
    return;
  }
  remember(form);
  trouble(form, page);
}

/** Say above the form that nothing was saved; the text is in its field, and kept. */
function trouble(form: HTMLFormElement, page: Document | null): void {
  form.querySelector("[data-trouble]")?.remove();
  const note = copied("not-saved");
  if (!note) return;
  note.setAttribute("data-trouble", "");
  const why = page && reasonOf(page);
  const reason = note.querySelector("[data-why]");
  if (reason && why) reason.textContent = why;
  form.prepend(note);
}
