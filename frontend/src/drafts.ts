// Unsent typing comes back after a reload or a lost connection, in its form or in a list of what
// was not sent; who leaves takes it along.

import { type Draft, draft, drafts, forget, keep, lines, mayKeep, wipe } from "./keep";
import { dirty } from "./morph";
import { copied, filled } from "./words";

type Text = HTMLInputElement | HTMLTextAreaElement;

const TEXT = "textarea, input:is(:not([type]), [type=text], [type=number], [type=date], [type=time])";
const NOT_A_NAME = new Set(["token", "base", "line", "key", "again", "texts", "rows"]);
const LONG = 60;
const SOON = 60_000;

/** What became of a form: `data` was sent; `leads` when another page comes of it. */
type Became = CustomEvent<{ form: HTMLFormElement; data?: URLSearchParams; leads?: boolean }>;

/** Forms that were filled from a draft, and forms whose answer is awaited. */
const restored = new Set<string>();
const flying = new Set<string>();
/** What a form was known by when it went: the answer may make another one of it. */
const sentAs = new WeakMap<HTMLFormElement, string>();

/** Keep what is typed, put back what was kept, and name what belongs to other pages. */
export function startDrafts(): void {
  document.addEventListener("submit", (event) => leaving(event), true);
  if (!mayKeep()) return;
  document.addEventListener("input", (event) => {
    const form = event.target instanceof HTMLElement ? event.target.closest("form") : null;
    if (form) remember(form);
  });
  document.addEventListener("submit", (event) => going(event));
  document.addEventListener("kb:held", (event) => after(event as Became));
  document.addEventListener("kb:saved", (event) => after(event as Became));
  document.addEventListener("kb:failed", (event) => after(event as Became));
  document.addEventListener("kb:morphed", () => restore());
  arrived();
  restore();
}

/** Keep what a form holds now; nothing is kept of one that holds nothing new. */
export function remember(form: HTMLFormElement): void {
  if (!mayKeep() || !keeps(form)) return;
  const key = nameOf(form);
  if (!texts(form).some((field) => dirty(field) && field.value.trim())) {
    forget(key);
    return;
  }
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    const own = name !== "token" && name !== "key" && name !== "again";
    if (own && typeof value === "string") fields.push([name, value]);
  }
  const text = texts(form).find((field) => dirty(field) && field.value.trim())?.value ?? "";
  keep({ key, page: pageOfForm(form), at: draft(key)?.at ?? Date.now(), text, fields });
}

/** Put drafts back into the forms of this page that nobody has written into since. */
export function restore(): void {
  const here = new Set<string>();
  for (const form of document.forms) {
    if (!keeps(form)) continue;
    const key = nameOf(form);
    const kept = draft(key);
    if (!kept || flying.has(key)) continue;
    here.add(key);
    if (![...form.elements].some(dirty)) fill(form, kept);
  }
  list(here);
}

/** Show what was not sent: on this page it stands in its form, else its page is named. */
function list(here: Set<string>): void {
  const note = document.getElementById("drafts");
  const rows = note?.querySelector("ul");
  if (!note || !rows) return;
  const all = drafts().filter((one) => !here.has(one.key) || restored.has(one.key));
  rows.replaceChildren(
    ...all.flatMap((one) => {
      const row = copied("draft-row");
      if (!row) return [];
      const text = [...one.text.replace(/\s+/g, " ")];
      part(row, "text").textContent = text.slice(0, LONG).join("") + (text.length > LONG ? "…" : "");
      part(row, "here").toggleAttribute("hidden", !here.has(one.key));
      const link = part(row, "open");
      link.toggleAttribute("hidden", here.has(one.key));
      if (one.page.startsWith("/")) link.setAttribute("href", one.page);
      part(row, "whole").textContent = one.text;
      part(row, "more").toggleAttribute("hidden", text.length <= LONG && !one.text.includes("\n"));
      part(row, "drop").addEventListener("click", () => drop(one));
      return [row];
    }),
  );
  note.hidden = all.length === 0;
}

function part(row: HTMLElement, name: string): HTMLElement {
  return row.querySelector<HTMLElement>(`[data-${name}]`) ?? row;
}

function drop(one: Draft): void {
  forget(one.key);
  restored.delete(one.key);
  for (const form of document.forms) {
    if (keeps(form) && nameOf(form) === one.key) form.reset();
  }
  restore();
}

function fill(form: HTMLFormElement, kept: Draft): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    const value = values.get(field.name);
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) {
      if (value) field.checked = value.includes(field.value);
    } else if (value && (field.type !== "hidden" || /^(base|line|what)$/.test(field.name))) {
      // The version that was read comes back with the words: others' changes since are merged.
      field.value = value[0] ?? "";
    }
  }
  for (let up = form.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
  restored.add(kept.key);
}

/** A form goes: its draft waits for the answer, and is not put back meanwhile. */
function going(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !keeps(form)) return;
  const name = nameOf(form);
  // What sends without loading a page has emptied the field by then, or waits for the answer.
  setTimeout(() => {
    if (event.defaultPrevented) {
      if (form.isConnected) remember(form);
      return;
    }
    const kept = draft(name);
    if (kept) keep({ ...kept, sent: Date.now() });
  });
  flying.add(name);
  sentAs.set(form, name);
}

/** A page that a form led to after it was written: what was sent is no draft any more. */
function arrived(): void {
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const written = loaded?.type === "navigate" && loaded.redirectCount > 0;
  for (const one of drafts()) {
    if (one.sent === undefined) continue;
    if (written && Date.now() - one.sent < SOON) forget(one.key);
    else keep({ key: one.key, page: one.page, at: one.at, text: one.text, fields: one.fields });
  }
}

function after(event: Became): void {
  const { form, data, leads } = event.detail;
  if (!keeps(form)) return;
  const name = sentAs.get(form) ?? nameOf(form);
  const another = form.isConnected && nameOf(form) !== name;
  flying.delete(name);
  const newer = texts(form).some((field) => dirty(field) && field.value !== data?.get(field.name));
  const written = another || !form.isConnected || (leads && !newer);
  if (event.type === "kb:saved" && written) forget(name);
  else if (!another) remember(form);
  restored.delete(name);
  restore();
}

/** Whether typing in a form is worth keeping: it writes, and is no password and no way out. */
function keeps(form: HTMLFormElement): boolean {
  return form.method === "post" && !form.hasAttribute("data-forget") && !form.querySelector("[type=password]") && ("draft" in form.dataset || texts(form).length > 0);
}

function texts(form: HTMLFormElement): Text[] {
  return [...form.elements].filter((one): one is Text => one.matches(TEXT));
}

/** What a form is known by on every load of its page. */
export function nameOf(form: HTMLFormElement): string {
  const path = new URL(form.action).pathname;
  if (form.dataset["draft"]) return `${path}#${form.dataset["draft"]}`;
  const named: string[] = [];
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === "hidden" && !NOT_A_NAME.has(field.name)) {
      named.push(`${field.name}=${field.value}`);
    }
  }
  // A topic goes by its id: its number changes when another one comes before it.
  const own = named.some((one) => /^(under|claim)=/.test(one));
  return `${path}#${named.filter((one) => !own || !one.startsWith("form=")).join("&")}`;
}

function pageOfForm(form: HTMLFormElement): string {
  return form.dataset["page"] ?? location.pathname + location.search;
}

/** Who leaves takes everything along; what was not sent is asked about once. */
function leaving(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== "/leave") return;
  const count = drafts().length + lines().length;
  const note = document.getElementById("drafts");
  if (count && note && !confirm(filled(note, "leave", { count: String(count) }))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  wipe();
}
