// A table whose rows can be chosen: one box for all, and a count of those.
const boxesOf = form => [...form.querySelectorAll("tbody .choice input")];

function update(form) {
  const boxes = boxesOf(form);
  const chosen = boxes.filter(box => box.checked).length;
  const all = form.querySelector("[data-choose-all]");
  all.hidden = false;
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && !all.checked;
  const count = form.querySelector(".bulk-count");
  const text = chosen === 1 ? count.dataset.one : count.dataset.other.replace("2", chosen);
  if (count.textContent !== text) count.textContent = text;
}

export function choosing() {
  document.addEventListener("change", event => {
    const form = event.target.closest("[data-choosing]");
    if (!form) return;
    if (event.target.matches("[data-choose-all]")) boxesOf(form).forEach(box => { box.checked = event.target.checked; });
    update(form);
  });
  document.addEventListener("reset", event => {
    if (event.target.matches("[data-choosing]")) setTimeout(update, 0, event.target);
  });
  const begin = () => document.querySelectorAll("[data-choosing]").forEach(update);
  document.addEventListener("htmx:load", begin); // rows that came later
  begin();
}
