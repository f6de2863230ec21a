// Puts the server's new page in place of the shown one, and keeps what was typed but not sent.

import { Idiomorph } from "idiomorph";

import { settled } from "./typing";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLOptionElement;

/** What a form held when it was sent: of its fields, only what changed since then is kept. */
export type Sent = { form: HTMLFormElement; values: Map<Element, string> };

const LINES = "main [id][tabindex]";
const NEWS = 5_000;
const news = new Map<string, number>();
const REGIONS = "main[id], [data-morph][id]";
let puts = 0;

/** Read a page that the server answered with; null where the answer is none. */
export async function pageOf(answer: Response): Promise<Document | null> {
  if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Fetch the page that is shown once more and put it in place; false when it could not be had. */
export async function refresh(): Promise<boolean> {
  const asked = location.pathname + location.search;
  for (;;) {
    const before = puts;
    const answer = await fetch(asked).catch(() => null);
    const page = answer?.ok ? await pageOf(answer) : null;
    if (!page?.getElementById("main") || asked !== location.pathname + location.search) return false;
    if (puts !== before) continue; // a newer page came meanwhile
    await put(page);
    return true;
  }
}

/**
 * Put the regions of a page (`main`, and what has `data-morph`) in place of those shown, by their
 * ids. Waits for the end of a conversion. Typed text that was not sent stays, and what is unfolded.
 * What is new bears the class `fresh` for five seconds, whatever comes after it. Announces `kb:morphed`.
 */
export async function put(page: Document, sent?: Sent): Promise<void> {
  await settled();
  puts += 1;
  const known = new Set([...document.querySelectorAll(LINES)].map(told));
  for (const old of document.querySelectorAll(REGIONS)) {
    const made = page.getElementById(old.id);
    if (!made) continue;
    Idiomorph.morph(old, document.importNode(made, true), {
      morphStyle: "outerHTML",
      callbacks: {
        beforeAttributeUpdated: (name, element, what) => !kept(name, element, what, sent),
      },
    });
  }
  for (const one of document.querySelectorAll(LINES)) {
    const line = told(one);
    if (!known.has(line)) news.set(line, performance.now() + NEWS);
    if ((news.get(line) ?? 0) > performance.now()) one.classList.add("fresh");
  }
  document.title = page.title;
  document.dispatchEvent(new CustomEvent("kb:morphed"));
}

/** A line by what it says: lines without an id of their own are known by their place alone. */
function told(line: Element): string {
  return line.hasAttribute("data-item") ? line.id : (line.textContent ?? "");
}

function kept(name: string, element: Element, what: "update" | "remove", sent?: Sent): boolean {
  if (name === "open" && element instanceof HTMLDetailsElement) {
    return what === "remove" && !(sent && element.contains(sent.form));
  }
  if (name !== "value" && name !== "checked" && name !== "selected") return false;
  if (!isField(element)) return false;
  const form = element instanceof HTMLOptionElement ? element.closest("form") : element.form;
  if (!sent || form !== sent.form) return dirty(element);
  if (sent.form.hasAttribute("data-stay") && isChoice(element)) return true;
  return valueOf(element) !== (sent.values.get(element) ?? "");
}

function isField(element: Element): element is Field {
  if (element instanceof HTMLInputElement) return element.type !== "hidden";
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLOptionElement
  );
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

/** What a field holds now, as one string. */
export function valueOf(field: Element): string {
  if (!isField(field)) return "";
  if (field instanceof HTMLOptionElement) return String(field.selected);
  return isChoice(field) ? String(field.checked) : field.value;
}

/** Whether a field holds something else than the page came with. */
export function dirty(field: Element): boolean {
  if (!isField(field)) return false;
  if (field instanceof HTMLOptionElement) return field.selected !== field.defaultSelected;
  if (field instanceof HTMLSelectElement) return [...field.options].some(dirty);
  return isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}
