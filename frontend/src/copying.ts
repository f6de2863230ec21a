// Copy buttons: each puts what the element of its id says where it can be pasted from.

/** Show the buttons, which do nothing without a script, and copy when one is pressed. */
export function startCopying(): void {
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    if (pressed instanceof HTMLButtonElement) void copy(pressed);
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const from = document.getElementById(button.dataset["copy"] ?? "");
  if (!from) return;
  try {
    await navigator.clipboard.writeText(from.textContent ?? "");
  } catch {
    // Where a page may not write there, what is to be copied is at least selected.
    getSelection()?.selectAllChildren(from);
    if (!document.execCommand("copy")) return;
  }
  const said = document.getElementById(`${from.id}-said`);
  if (said) said.textContent = button.dataset["copied"] ?? "";
}
