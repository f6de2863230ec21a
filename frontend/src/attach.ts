// Attaches what is pasted or dropped on a page: it goes into the page's own form for files, where
// a person says what it shows and sends it.

const PLACE = "[data-attach]";

/** Take pictures that are pasted and files that are dropped, wherever on the page. */
export function startAttach(): void {
  document.addEventListener("paste", (event) => {
    const file = event.clipboardData?.files[0];
    const words = event.clipboardData?.types.includes("text/plain");
    // A table copied from a spreadsheet comes as words and as a picture of them: the words count.
    if (file && !words && take(file)) event.preventDefault();
  });
  for (const name of ["dragover", "drop"] as const) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files") || !document.querySelector(PLACE)) return;
      event.preventDefault(); // or the browser leaves the page to show the file
      const file = event.type === "drop" ? event.dataTransfer.files[0] : null;
      if (file) take(file);
    });
  }
}

function take(file: File): boolean {
  const place = document.querySelector<HTMLDetailsElement>(PLACE);
  const field = place?.querySelector<HTMLInputElement>("input[type=file]");
  if (!place || !field) return false;
  const held = new DataTransfer();
  held.items.add(file);
  field.files = held.files;
  place.open = true;
  place.scrollIntoView({ block: "nearest" });
  place.querySelector<HTMLInputElement>("input[name=words]")?.focus();
  return true;
}
