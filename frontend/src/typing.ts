// Tells writing from commanding: fields, conversions of an input method, full-width keys.

const PATIENCE = 15_000;
const NO_TEXT = new Set(["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"]);

let composing: EventTarget | null = null;
let waiting: (() => void)[] = [];

/** Follow conversions everywhere on the page. */
export function startTyping(): void {
  const over = (): void => {
    composing = null;
    // The text of the conversion is in the field only after this event.
    setTimeout(() => {
      const calls = waiting;
      waiting = [];
      for (const call of calls) call();
    });
  };
  document.addEventListener("compositionstart", (event) => (composing = event.target), true);
  document.addEventListener("compositionend", over, true);
  // A field that goes away in the middle of a conversion does not always end it.
  document.addEventListener("focusout", (event) => event.target === composing && over(), true);
  document.addEventListener("keydown", (event) => composing && !converting(event) && over(), true);
}

/** Whether a key belongs to a conversion; Safari sends the one that ended it afterwards, as 229. */
export function converting(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether text is under conversion anywhere on the page. */
export function underConversion(): boolean {
  return composing !== null;
}

/** Resolve when no text is under conversion, at once or when it ends; after 15 seconds at most. */
export function settled(): Promise<void> {
  if (composing === null) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
    setTimeout(resolve, PATIENCE);
  });
}

/** Whether keys write into an element. */
export function isField(target: EventTarget | null): target is HTMLElement {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** A key by its half-width sign: what a Japanese keyboard sends as ／ is /. */
export function half(key: string): string {
  return [...key].length === 1 ? key.normalize("NFKC") : key;
}
