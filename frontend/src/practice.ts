// Moves the prediction by the arrow keys from anywhere on the page of a question.

import { converting, isField } from "./typing";

/** Take the arrows left and right for the slider under `data-steps`; each is one of its steps. */
export function startPractice(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || converting(event) || isField(event.target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const slider = document.querySelector<HTMLInputElement>("input[type=range][data-steps]");
    if (!slider || slider === event.target || document.querySelector("dialog[open]")) return;
    if (event.key === "ArrowLeft") slider.stepDown();
    else slider.stepUp();
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    slider.focus();
    event.preventDefault();
  });
  // A number that was typed counts before the slider: who moves it means the slider.
  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (!(slider instanceof HTMLInputElement) || !slider.matches("[data-steps]")) return;
    const exact = slider.form?.querySelector<HTMLInputElement>("input[type=number]");
    if (exact) exact.value = "";
  });
}
