// Sends the forms of a page without loading it anew, and says truly what became of them.

import { focusItem, itemOf, items } from "./items";
import { pageOf, put, type Sent, valueOf } from "./morph";
import { copied, reasonOf } from "./words";

/** One form on its way: where to, with what, and the text that must not be lost. */
type Parcel = {
  form: HTMLFormElement;
  address: string;
  data: URLSearchParams;
  field: HTMLInputElement | HTMLTextAreaElement | null;
  text: string;
  cleared: Map<HTMLInputElement, string>;
  sent: Sent;
  next: HTMLElement[];
};

const BESIDES = 60_000;

let before: Promise<void> = Promise.resolve();
const busy = new Set<HTMLElement>();

/** Take over the forms under `data-send`; one with `data-whole` is left to the browser. */
export function startSend(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (!form.closest("[data-send]") || form.hasAttribute("data-whole")) return;
    if (form.method !== "post" || form.enctype !== "application/x-www-form-urlencoded") return;
    event.preventDefault();
    const by = event.submitter ?? form;
    if (busy.has(by) && !form.hasAttribute("data-stay")) return;
    busy.add(by);
    queue(packed(form, event.submitter), () => busy.delete(by));
  });
}

/** Resolve when everything that was sent has its answer on the page. */
export function sending(): Promise<void> {
  return before;
}

/** One after the other: lines stand in the document as they were written. */
function queue(parcel: Parcel, after: () => void): void {
  before = before
    .then(() => deliver(parcel))
    .catch((error: unknown) => {
      // What follows is sent all the same; the browser notes what went wrong.
      reportError(error);
    })
    .finally(after);
}

function packed(form: HTMLFormElement, submitter: HTMLElement | null): Parcel {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string") data.append(name, value);
  }
  const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>("[name=text]");
  const text = field && field.type !== "hidden" ? field.value : "";
  const own = [...form.elements];
  const cleared = new Map<HTMLInputElement, string>();
  if (field && text && form.hasAttribute("data-stay")) {
    for (const one of own) {
      if (!(one instanceof HTMLInputElement) || /radio|checkbox|hidden/.test(one.type)) continue;
      cleared.set(one, one.value);
      one.value = "";
    }
    field.focus();
  }
  const item = itemOf(submitter ?? form);
  const all = items();
  const at = item ? all.indexOf(item) : -1;
  return {
    form,
    address: (submitter instanceof HTMLButtonElement && submitter.getAttribute("formaction")) || form.action,
    data,
    field,
    text,
    cleared,
    sent: { form, values: new Map(own.map((one) => [one, valueOf(one)])) },
    next: at < 0 ? [] : [...all.slice(at + 1), ...all.slice(0, at).reverse()],
  };
}

async function deliver(parcel: Parcel): Promise<void> {
  const body = parcel.data;
  let answer: Response;
  let page: Document | null;
  try {
    answer = await fetch(parcel.address, {
      method: "POST",
      body,
      keepalive: String(body).length < BESIDES,
    });
    page = await pageOf(answer);
  } catch {
    if (tell("kb:held", parcel)) await failed(parcel, null);
    return;
  }
  const asked = new URL(answer.url);
  if (answer.ok && answer.redirected && asked.pathname !== location.pathname) {
    tell("kb:saved", parcel, true);
    location.assign(answer.url);
    return;
  }
  const main = page?.getElementById("main");
  if (!page || !main || (!answer.ok && !standsAgain(parcel.form, main))) {
    await failed(parcel, page);
    return;
  }
  const newer = answer.ok || !parcel.form.hasAttribute("data-stay") ? "" : (parcel.field?.value ?? "");
  if (newer && parcel.field) parcel.field.value = "";
  await put(page, parcel.sent);
  if (answer.ok) {
    if (answer.redirected && asked.search !== location.search) {
      history.replaceState(null, "", asked.pathname + asked.search);
    }
    document.querySelector("[data-trouble]")?.replaceChildren();
    tell("kb:saved", parcel);
    goOn(parcel);
    return;
  }
  tell("kb:failed", parcel);
  // What was written meanwhile stands after what came back.
  if (newer && parcel.field) parcel.field.value = `${parcel.field.value} ${newer}`;
  if (parcel.field?.isConnected) parcel.field.focus();
}

/** Whether an answer that refuses has the same form again, with the text in it. */
function standsAgain(form: HTMLFormElement, main: Element): boolean {
  const name = form.querySelector<HTMLInputElement>("input[name=form]")?.value;
  return [...main.querySelectorAll<HTMLInputElement>("input[name=form]")].some(
    (one) => one.value === name && one.form?.querySelector("[role=alert]"),
  );
}

/** Give the text back and say what happened; `page` is the server's answer, if there was one. */
async function failed(parcel: Parcel, page: Document | null): Promise<void> {
  const { field, text, cleared } = parcel;
  const again = !field?.value;
  for (const [one, value] of cleared) if (again && !one.value) one.value = value;
  const place = document.querySelector("[data-trouble]");
  const note = copied("not-sent");
  if (place && note) {
    const why = page && reasonOf(page);
    const reason = note.querySelector("[data-why]");
    if (reason && why) reason.textContent = why;
    const shown = note.querySelector("[data-text]");
    if (shown) {
      shown.textContent = text;
      shown.toggleAttribute("hidden", !text);
    }
    note.querySelector("[data-again]")?.addEventListener("click", () => {
      place.replaceChildren();
      if (field?.value === text) for (const one of cleared.keys()) one.value = "";
      const token = document.querySelector<HTMLInputElement>("main input[name=token]")?.value;
      if (token) parcel.data.set("token", token);
      queue(parcel, () => undefined);
    });
    note.querySelector("[data-copy]")?.addEventListener("click", () => {
      if (shown) void copy(shown, text);
    });
    place.replaceChildren(note);
  }
  tell("kb:failed", parcel);
}

async function copy(shown: Element, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection()?.selectAllChildren(shown);
  }
}

/** Go where the work goes on: the same field, else the item after the one that was sent. */
function goOn(parcel: Parcel): void {
  const here = document.activeElement;
  if (parcel.form.hasAttribute("data-stay")) return;
  if (here instanceof HTMLElement && here !== document.body && here.checkVisibility()) return;
  const next = parcel.next.find((item) => item.isConnected && item.checkVisibility());
  if (next) focusItem(next);
}

/**
 * Tell other parts what became of a form; false when one of them took care of it. `leads` to
 * another page: the form stays as it was sent until that one comes.
 */
function tell(name: string, parcel: Parcel, leads = false): boolean {
  const detail = { form: parcel.form, text: parcel.text, data: parcel.data, leads };
  return document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
}
