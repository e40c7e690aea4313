// A link that names a dialog opens it in place of its page; what leads back
// from a decision closes it.
export function dialogs() {
  document.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const open = link.closest("dialog[open]");
    const dialog = link.dataset.dialog && document.getElementById(link.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
      (dialog.querySelector("[autofocus]") ?? dialog.querySelector("button"))?.focus();
    } else if (open && "close" in link.dataset) {
      event.preventDefault();
      open.close();
    }
  });
}
