// A toast goes after eight seconds, and not while the pointer or the focus is
// on it. Without a script it stays until the next page.
const shown = 8000;

function letGo(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), shown); };
  const hold = () => clearTimeout(timer);
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
  start();
}

export function toasts() {
  const region = document.getElementById("toasts");
  region.querySelectorAll("[data-toast]").forEach(letGo);
  new MutationObserver(changes => {
    for (const change of changes) change.addedNodes.forEach(node => node.dataset && letGo(node));
  }).observe(region, { childList: true });
}
