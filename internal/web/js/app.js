// Small helps to pages that work without them.
import { dialogs } from "./dialogs.js";
import { asking } from "./asking.js";
import { choosing } from "./choosing.js";
import { following } from "./following.js";
import { toasts } from "./toasts.js";

// The slash goes to the search, unless the reader is writing.
document.addEventListener("keydown", event => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.querySelector("[data-search]");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && search) {
    event.preventDefault();
    search.focus();
  }
});

// A menu closes when the reader goes elsewhere, or presses Escape.
const closeMenus = except => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
};
document.addEventListener("click", event => closeMenus(event.target));
document.addEventListener("focusin", event => closeMenus(event.target));
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && event.target.closest("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A button copies the address that it holds, where the browser lets it.
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(button => { button.hidden = false; });
document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});

// A refused form begins with what is to be corrected.
document.querySelector("[data-summary]")?.focus();

dialogs();
asking();
choosing();
following();
toasts();
