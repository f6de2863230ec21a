// Brings older meetings of a running document as one scrolls down to them.

import { pageOf } from "./morph";

const PLACE = "[data-older]";
const AHEAD = "1200px";
const PATIENCE = 300;

let seen: IntersectionObserver | undefined;

/** Follow the link to older meetings before a person has to. */
export function startOlder(): void {
  seen = new IntersectionObserver(
    (entries) => {
      const near = entries.find((entry) => entry.isIntersecting);
      if (near) void bring(near.target);
    },
    { rootMargin: `0px 0px ${AHEAD} 0px` },
  );
  watch();
  document.addEventListener("kb:morphed", watch);
}

function watch(): void {
  seen?.disconnect();
  const place = document.querySelector(PLACE);
  if (place?.querySelector("a[rel=next]")) seen?.observe(place);
}

async function bring(place: Element): Promise<void> {
  const link = place.querySelector<HTMLAnchorElement>("a[rel=next]");
  if (!link) return;
  seen?.disconnect();
  const waiting = setTimeout(() => place.setAttribute("aria-busy", "true"), PATIENCE);
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok ? await pageOf(answer) : null;
  clearTimeout(waiting);
  place.removeAttribute("aria-busy");
  const made = page?.querySelector(PLACE);
  if (!made || !place.isConnected) {
    place.toggleAttribute("data-missed", true);
    return;
  }
  for (const section of page?.querySelectorAll("main .doc > section.meeting") ?? []) {
    if (!document.getElementById(section.id)) place.before(document.importNode(section, true));
  }
  const next = document.importNode(made, true);
  next.querySelector("[data-newer]")?.remove(); // what is newer stands above already
  place.replaceWith(next);
  watch();
}
