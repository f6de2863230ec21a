// The sentences that a script says; they stand in the page, in the language of who looks.

/** The text of a `data-…` attribute with its `{names}` filled in; "" where the page has none. */
export function filled(element: Element | null, name: string, values: Record<string, string>): string {
  const text = element?.getAttribute(`data-${name}`) ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** A copy of what a `<template>` holds; null where the page has none. */
export function copied(id: string): HTMLElement | null {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const copy = document.importNode(template.content, true).firstElementChild;
  return copy instanceof HTMLElement ? copy : null;
}

/** What a page says of why something was refused; that nothing was saved is said elsewhere. */
export function reasonOf(page: Document): string {
  const said = page.querySelector(".note[role=alert] > p");
  said?.querySelector("b")?.remove();
  const parts = said ? [said] : page.querySelectorAll("h1, h1 ~ p.why");
  return [...parts].map((part) => part.textContent?.trim() ?? "").join(" ");
}
