// A table whose rows can be chosen: one box for all, and a count of those.
export function choosing() {
  for (const form of document.querySelectorAll("[data-choosing]")) {
    const all = form.querySelector("[data-choose-all]");
    const count = form.querySelector(".bulk-count");
    const boxes = () => [...form.querySelectorAll("tbody .choice input")];
    const update = () => {
      const chosen = boxes().filter(box => box.checked).length;
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
      const text = chosen === 1 ? count.dataset.one : count.dataset.other.replace("2", chosen);
      if (count.textContent !== text) count.textContent = text;
    };
    all.hidden = false;
    all.addEventListener("change", () => boxes().forEach(box => { box.checked = all.checked; }));
    form.addEventListener("change", update);
    form.addEventListener("reset", () => setTimeout(update));
    update();
  }
}
