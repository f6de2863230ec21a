// Offers people after @ and days after due: in a line that is written; a combobox with a listbox.

import { converting } from "./typing";

type Choice = { value: string; label: string };
type Token = { start: number; end: number; choices: Choice[] };

const LIST = "completions";
const MOST = 8;
const PERSON = /(?<![A-Za-z0-9._-])[@＠]([^\s　@＠]*)$/;
const DAY = /(?<![A-Za-z])(?:(?:due|期限|締切|締め切り)[:：]|〆)\s?([0-9０-９/-]*)$/i;

let field: HTMLInputElement | null = null;
let token: Token | null = null;
let at = 0;

/** Complete in fields with `data-complete`, from the lists `#owners` and `#days` of the page. */
export function startComplete(): void {
  if (!document.querySelector("[data-complete]")) return;
  const list = document.createElement("ul");
  list.id = LIST;
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  list.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    event.preventDefault();
    if (option) choose([...list.children].indexOf(option));
  });
  document.body.append(list);
  document.addEventListener("focusin", (event) => prepare(event.target));
  document.addEventListener("focusout", () => close());
  document.addEventListener("input", (event) => {
    if (event.target === field && !(event instanceof InputEvent && event.isComposing)) look();
  });
  document.addEventListener("compositionend", (event) => event.target === field && setTimeout(look));
  document.addEventListener("kb:morphed", () => {
    if (field === document.activeElement) prepare(field);
    if (token) look();
  });
  document.addEventListener("keydown", (event) => pressed(event), true);
}

function prepare(target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement) || !target.matches("[data-complete]")) return;
  field = target;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", LIST);
  field.setAttribute("aria-expanded", String(token !== null));
}

function pressed(event: KeyboardEvent): void {
  if (!token || converting(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowDown") show((at + 1) % token.choices.length);
  else if (event.key === "ArrowUp") show((at - 1 + token.choices.length) % token.choices.length);
  else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) choose(at);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** See what stands before the caret, and offer what fits. */
function look(): void {
  token = field && found(field);
  if (token) show(0);
  else close();
}

function found(here: HTMLInputElement): Token | null {
  const end = here.selectionStart ?? 0;
  const before = here.value.slice(0, end);
  const person = PERSON.exec(before);
  const day = person ? null : DAY.exec(before);
  const hit = person ?? day;
  if (!hit) return null;
  const typed = (hit[1] ?? "").normalize("NFKC").toLowerCase();
  const all = choices(person ? "owners" : "days");
  const fitting = all.filter(({ value, label }) =>
    person
      ? value.toLowerCase().startsWith(typed) || label.toLowerCase().includes(typed)
      : value.includes(typed),
  );
  // What stands there whole needs no offer: Enter sends the line.
  if (!fitting.length || fitting.some(({ value }) => value.toLowerCase() === typed)) return null;
  return { start: hit.index, end, choices: fitting.slice(0, MOST) };
}

function choices(id: string): Choice[] {
  const options = document.querySelectorAll<HTMLOptionElement>(`datalist#${id} option`);
  return [...options].map((option) => ({ value: option.value, label: option.text }));
}

function show(which: number): void {
  const list = document.getElementById(LIST);
  if (!list || !field || !token) return;
  at = which;
  list.replaceChildren(
    ...token.choices.map(({ value, label }, n) => {
      const option = document.createElement("li");
      option.id = `${LIST}-${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(n === at));
      const name = document.createElement("b");
      name.textContent = label || value;
      const small = document.createElement("small");
      small.textContent = value;
      option.append(name, " ", small);
      return option;
    }),
  );
  list.hidden = false;
  list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  const place = field.getBoundingClientRect();
  const below = innerHeight - place.bottom;
  list.style.left = `${Math.min(place.left, innerWidth - list.offsetWidth - 8)}px`;
  const top = below > list.offsetHeight + 8 ? place.bottom + 2 : place.top - list.offsetHeight - 2;
  list.style.top = `${Math.max(0, top)}px`;
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-activedescendant", `${LIST}-${at}`);
}

function close(): void {
  token = null;
  const list = document.getElementById(LIST);
  if (list) list.hidden = true;
  field?.setAttribute("aria-expanded", "false");
  field?.removeAttribute("aria-activedescendant");
}

/** Put a choice into the line, with a space around it where one is missing. */
function choose(which: number): void {
  const choice = token?.choices[which];
  if (!field || !token || !choice) return;
  const { start, end } = token;
  const mark = /[@＠]/.test(field.value.charAt(start)) ? "@" : "due:";
  const gap = start > 0 && !/[\s　]/.test(field.value.charAt(start - 1)) ? " " : "";
  field.setRangeText(`${gap}${mark}${choice.value} `, start, end, "end");
  close();
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
