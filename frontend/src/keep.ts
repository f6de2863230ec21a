// What was typed but not sent stays in this browser: by member, store, page and form.

const WHO = document.body.dataset["who"] ?? "";
const DRAFT = `kb:draft:${WHO}:`;
const OUT = `kb:out:${WHO}`;

/** Typed text of one form: its fields, on which page, since when, when it was sent (milliseconds). */
export type Draft = {
  key: string;
  page: string;
  at: number;
  text: string;
  fields: [string, string][];
  sent?: number;
};

/**
 * A line on its way: `held` since there was no connection; `key` lets it be written only once;
 * `draft` is what the unsent words of its form are known by.
 */
export type Line = {
  key: string;
  action: string;
  page: string;
  at: number;
  text: string;
  held: boolean;
  draft: string;
  fields: [string, string][];
};

/** Whether anything may be kept: somebody is in, and the browser has a place for it. */
export function mayKeep(): boolean {
  return WHO !== "";
}

/** All drafts of who is in, oldest first. */
export function drafts(): Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    const draft = key?.startsWith(DRAFT) ? parsed<Draft>(localStorage.getItem(key)) : null;
    if (draft) found.push(draft);
  }
  return found.sort((one, other) => one.at - other.at);
}

/** Keep a draft in place of an earlier one. */
export function keep(draft: Draft): void {
  write(DRAFT + draft.key, JSON.stringify(draft));
}

/** Forget a draft. */
export function forget(key: string): void {
  localStorage.removeItem(DRAFT + key);
}

/** The draft of this key. */
export function draft(key: string): Draft | null {
  return parsed<Draft>(localStorage.getItem(DRAFT + key));
}

/** The lines on their way, in the order in which they were written. */
export function lines(): Line[] {
  return parsed<Line[]>(localStorage.getItem(OUT)) ?? [];
}

/** Add a line behind the others, or change it. */
export function setLine(line: Line): void {
  const others = lines();
  const at = others.findIndex((one) => one.key === line.key);
  if (at < 0) others.push(line);
  else others[at] = line;
  write(OUT, JSON.stringify(others));
}

/** Forget a line: it was written, or it stands in its form again. */
export function dropLine(key: string): void {
  const left = lines().filter((line) => line.key !== key);
  if (left.length) write(OUT, JSON.stringify(left));
  else localStorage.removeItem(OUT);
}

/** Forget everything of who is in: they leave. */
export function wipe(): void {
  for (const one of drafts()) forget(one.key);
  localStorage.removeItem(OUT);
}

/** A full place must not stop the page: what is typed is still in its field. */
function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
}

function parsed<Kind>(text: string | null): Kind | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kind;
  } catch {
    return null;
  }
}
