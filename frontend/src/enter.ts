// Keeps the Enter that ends a conversion from sending a form.

import { converting } from "./typing";

const SOON = 50;

let ended = -SOON;

/** Refuse a form that such an Enter would send; Safari tells of it after the conversion's end. */
export function startEnter(): void {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && converting(event)) ended = event.timeStamp;
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
