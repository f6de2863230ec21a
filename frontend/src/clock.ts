// The clock of the projected page: the time by the server, and what is left of the meeting.

import { filled } from "./words";

const EVERY = 1000;
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

let began = performance.now();

/** Go on from the time that the page came with. */
export function startClock(): void {
  if (!document.querySelector("[data-now]")) return;
  document.addEventListener("kb:morphed", () => {
    began = performance.now();
    tick();
  });
  window.setInterval(tick, EVERY);
  tick();
}

function tick(): void {
  const place = document.querySelector<HTMLElement>("[data-now]");
  if (!place) return;
  const now = Number(place.dataset["now"]) + Math.floor((performance.now() - began) / 1000);
  const time = place.querySelector("time");
  if (time) time.textContent = shown(now % DAY);
  const left = Math.ceil((Number(place.dataset["end"]) - now) / MINUTE);
  const rest = place.querySelector("span");
  if (rest) rest.textContent = left > 0 ? filled(place, "left", { count: String(left) }) : "";
}

function shown(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / (60 * MINUTE))}:${two((seconds / MINUTE) % 60)}`;
}
