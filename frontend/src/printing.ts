// Printing: what stands on paper is the customer's document alone, with all of its meetings.
//
// The page that `data-print` names is made of what customers may see. It is fetched when the
// browser is about to print, and stands on the paper instead of the page on the screen.

let sheets: HTMLElement | undefined;

/** Put the document that may be printed in place of the page as long as the browser prints. */
export function startPrinting(): void {
  addEventListener("beforeprint", () => {
    const address = document.querySelector<HTMLElement>("main[data-print]")?.dataset["print"];
    if (address && !sheets) show(address);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print-now]")) print();
  });
  addEventListener("afterprint", () => {
    sheets?.remove();
    sheets = undefined;
  });
}

function show(address: string): void {
  const request = new XMLHttpRequest();
  request.open("GET", address, false); // the browser prints what is there when this returns
  try {
    request.send();
  } catch {
    return; // the page says for itself where to print from
  }
  if (request.status !== 200) return;
  const found = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = found.querySelector("main");
  if (!main) return;
  sheets = document.createElement("div");
  sheets.className = "printed sheets";
  sheets.lang = found.documentElement.lang;
  sheets.append(...main.children);
  document.body.append(sheets);
}
