// A link that names a dialog opens it in place of its page; what leads back
// from a decision closes it.
export function dialogs() {
  document.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (open(link)) event.preventDefault();
    const opened = "close" in link.dataset && link.closest("dialog[open]");
    if (opened) {
      event.preventDefault();
      opened.close();
    }
  });
  // A link acts as the key goes down: the rest of the same press would go on to
  // the button that has just received the focus, and decide. So wait for its end.
  document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.repeat || !dialogOf(event.target)) return;
    event.preventDefault();
    event.target.addEventListener("keyup", () => open(event.target), { once: true });
  });
}

const dialogOf = link => link.dataset.dialog && document.getElementById(link.dataset.dialog);

function open(link) {
  const dialog = dialogOf(link);
  if (!dialog) return false;
  dialog.showModal();
  (dialog.querySelector("[autofocus]") ?? dialog.querySelector("button"))?.focus();
  return true;
}
