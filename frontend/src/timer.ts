// Counts to the end of a meeting and from it on, by the server's clock; speaks three times at most.

import { filled } from "./words";

const SECOND = 1000;
const WARNING = 2 * 60;

let began = performance.now();
let last: number | null = null;

/** Count what `#timer` says, from what the page came with. */
export function startTimer(): void {
  if (!document.querySelector("[data-over-seconds]")) return;
  document.addEventListener("kb:morphed", () => {
    began = performance.now();
    tick();
  });
  window.setInterval(tick, SECOND);
  tick();
}

function tick(): void {
  const place = document.querySelector<HTMLElement>("#timer [data-over-seconds]");
  if (!place) return;
  const number = (name: string): number => Number(place.getAttribute(`data-${name}`)) || 0;
  const over = number("over-seconds") + Math.floor((performance.now() - began) / SECOND);
  const within = number("within") * 60;
  const shown = place.querySelector("b");
  const code = over < 0 ? "left" : over < within ? "over" : "late";
  if (shown) shown.textContent = filled(place, code, { time: time(Math.abs(over)) });
  const long = over < 0 ? number("length") : within;
  const share = long ? (over < 0 ? long + over : over) / long : 1;
  const bar = document.querySelector("#timer .bg-acc");
  bar?.setAttribute("width", String(Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10));
  const timer = document.getElementById("timer");
  timer?.classList.toggle("soon", over >= within - WARNING && over < within);
  timer?.classList.toggle("late", over >= within);
  speak(over, within);
  last = over;
}

/** Minutes and seconds, from an hour on with the hours; whole minutes where less motion is asked for. */
function time(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) - hours * 60;
  const rest = `${hours ? two(minutes) : minutes}:${still ? "00" : two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** Speak at the end, a minute before the minutes should be done, and when they should be. */
function speak(over: number, within: number): void {
  const place = document.querySelector("[data-timer-says]");
  if (!place || last === null) return;
  const marks: [string, number][] = [["end", 0], ["minute", within - 60], ["done", within]];
  for (const [code, at] of marks) {
    if (last < at && over >= at) place.textContent = place.getAttribute(`data-${code}`);
  }
}
