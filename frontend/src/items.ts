// The items of a page that the keyboard walks: lines of lists, topics, hypotheses, groups.

const ITEMS = [
  "main [data-item]",
  "main .rows > li",
  "main .plan > li",
  "main .hits > li",
  "main table.list > tbody > tr",
].join(", ");
const ENTRIES = ["[data-open]", "a[href]", "button, summary, input:not([type=hidden])"];

let last: Element | null = null;

/** Remember which item had the focus last: a key means that one after Esc, too. */
export function startItems(): void {
  document.addEventListener("focusin", (event) => {
    const item = event.target instanceof Element ? event.target.closest(ITEMS) : null;
    if (item) last = item;
  });
}

/** All items that can be seen, in the order of the page. */
export function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ITEMS)].filter((item) => item.checkVisibility());
}

/** The item with the focus, else the one that had it last; null at the beginning. */
export function current(): HTMLElement | null {
  const here = document.activeElement?.closest<HTMLElement>(ITEMS);
  if (here) return here;
  return last instanceof HTMLElement && last.isConnected ? last : null;
}

/** The item that an element is in. */
export function itemOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>(ITEMS);
}

/** Give an item the focus: where it opens, else the item itself. */
export function focusItem(item: HTMLElement): void {
  let target = item;
  if (!item.hasAttribute("tabindex")) {
    const found = ENTRIES.map((entry) => item.querySelector<HTMLElement>(entry));
    target = found.find((entry) => entry?.checkVisibility()) ?? item;
    if (target === item) item.tabIndex = -1;
  }
  target.focus();
}

/** Go so many items on; from nowhere to the first one. False where there are none. */
export function move(by: number): boolean {
  const all = items();
  if (!all.length) return false;
  const here = current();
  const at = here ? all.indexOf(here) : -1;
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  if (next) focusItem(next);
  return true;
}
