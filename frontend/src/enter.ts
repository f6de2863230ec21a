// Keeps the Enter that ends a conversion from sending a form.

import { converting } from "./typing";

const SOON = 50;

let ended = -SOON;

/** Refuse a form that such an Enter would send; Safari tells of it after the conversion's end. */
export function startEnter(): void {
  document.addEventListener(
    "keydown",
    (event) => {
      // Another key, be it the next Enter, is no longer that one.
      ended = event.key === "Enter" && converting(event) ? event.timeStamp : -SOON;
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      if (event.timeStamp - ended < SOON) event.preventDefault();
    },
    true,
  );
}
