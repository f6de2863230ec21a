// Lines that could not be sent wait here, in order, and go out by themselves when the server is
// there again; each has a key, so that one that arrived without an answer is not written twice.

import { nameOf } from "./drafts";
import { draft, dropLine, forget, keep, type Line, lines, mayKeep, setLine } from "./keep";
import { refresh } from "./morph";
import { settled } from "./typing";
import { filled } from "./words";

type Told = CustomEvent<{ form: HTMLFormElement; data: URLSearchParams }>;

const WAITS = /^\/m\/[^/]+\/[^/]+\/(lines|tick|verdict)$/;
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

let tries = 0;
let timer = 0;
let sendingNow = false;
let strange = false;

/** Give each line its key, hold what can't be sent, and send what is left from before. */
export function startOutbox(): void {
  if (!mayKeep()) return;
  document.addEventListener("submit", (event) => leave(event), true);
  document.addEventListener("kb:saved", (event) => done(event as Told));
  document.addEventListener("kb:failed", (event) => done(event as Told));
  document.addEventListener("kb:held", (event) => hold(event as Told));
  addEventListener("online", () => void flush());
  document.addEventListener("kb:there", () => void flush());
  document.addEventListener("visibilitychange", () => !document.hidden && void flush());
  // What a page before this one did not hear the end of counts as not sent.
  for (const line of lines()) setLine({ ...line, held: true });
  show();
  void flush();
}

function held(): Line[] {
  return lines().filter((line) => line.held);
}

/** Note a line before it goes; behind others that wait it waits, too. */
function leave(event: SubmitEvent): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (!form.closest("[data-send]") || form.hasAttribute("data-whole")) return;
  const submitter = event.submitter;
  const to = submitter instanceof HTMLButtonElement && submitter.hasAttribute("formaction") ? submitter.formAction : form.action;
  const action = new URL(to).pathname;
  if (!WAITS.test(action)) return;
  const key = fresh();
  let field = form.querySelector<HTMLInputElement>("input[name=key]");
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "key";
    form.append(field);
  }
  field.value = key;
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string" && name !== "token") fields.push([name, value]);
  }
  const text = fields.find(([name]) => name === "text" || name === "quote")?.[1] ?? "";
  const waits = held().length > 0;
  setLine({ key, action, page: location.pathname, at: Date.now(), text, held: waits, draft: nameOf(form), fields });
  if (!waits) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  empty(form);
  show();
  void flush();
}

function keyOf(event: Told): string {
  return event.detail.data.get("key") ?? "";
}

function done(event: Told): void {
  dropLine(keyOf(event));
  show();
}

/** Keep a line for which no answer came; its field is free for the next one. */
function hold(event: Told): void {
  const line = lines().find((one) => one.key === keyOf(event));
  if (!line) return;
  event.preventDefault();
  setLine({ ...line, held: true });
  empty(event.detail.form);
  show();
  soon();
}

/** Free a form for the next line, if it still holds the one that was sent. */
function empty(form: HTMLFormElement): void {
  for (const field of form.elements) {
    const text = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && !/radio|checkbox|hidden/.test(field.type));
    if (text && form.hasAttribute("data-stay")) field.value = "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function soon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void flush(), PAUSES[Math.min(tries, PAUSES.length - 1)]);
  tries += 1;
}

/** Send what waits, one after the other; stop at the first that does not get through. */
async function flush(): Promise<void> {
  if (sendingNow || !held().length) return;
  sendingNow = true;
  window.clearTimeout(timer);
  const sent = await sendAll();
  sendingNow = false;
  show();
  if (!sent) {
    soon();
    return;
  }
  tries = 0;
  await refresh();
  document.dispatchEvent(new CustomEvent("kb:back"));
}

async function sendAll(): Promise<boolean> {
  for (let line = held()[0]; line; line = held()[0]) {
    let answer = await post(line, token());
    if (answer?.status === 403) answer = await post(line, await newToken());
    strange = answer?.status === 401 || answer?.status === 403;
    if (!answer || answer.status >= 500 || strange) return false;
    dropLine(line.key);
    if (answer.ok && draft(line.draft)?.text === line.text) forget(line.draft);
    // What the server can't write as it is goes back to who wrote it.
    if (!answer.ok) keep({ key: `${line.action}#${line.key}`, page: line.page, at: line.at, text: line.text, fields: line.fields });
    show();
  }
  return true;
}

async function post(line: Line, token: string): Promise<Response | null> {
  const body = new URLSearchParams(line.fields);
  body.set("token", token);
  body.set("again", "1");
  return fetch(line.action, { method: "POST", body }).catch(() => null);
}

function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=token]")?.value ?? "";
}

async function newToken(): Promise<string> {
  const answer = await fetch(location.href).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector<HTMLInputElement>("input[name=token]")?.value ?? "";
}

/** Count what waits on this device; a note that comes up would move what is being converted. */
function show(): void {
  void settled().then(paint);
}

function paint(): void {
  const note = document.getElementById("held");
  const said = note?.querySelector("[data-count]");
  if (!note || !said) return;
  const waiting = held();
  note.hidden = waiting.length === 0;
  note.querySelector("[data-away]")?.toggleAttribute("hidden", strange);
  note.querySelector("[data-out]")?.toggleAttribute("hidden", !strange);
  const since = waiting[0];
  if (!since) return;
  const at = clock(new Date(since.at));
  said.textContent = filled(said, waiting.length === 1 ? "one" : "many", { at, count: String(waiting.length) });
}

function clock(at: Date): string {
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** A key that nobody else has drawn. */
function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
