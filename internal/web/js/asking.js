// A question that is asked only after some answers to another shows when one of
// them is given. Without a script it says so itself.
export function asking() {
  const parts = [...document.querySelectorAll("[data-asked]")];
  if (parts.length === 0) return;
  const update = () => {
    for (const part of parts) {
      const after = part.dataset.after.split(" ");
      const given = [...document.getElementsByName(part.dataset.asked)]
        .filter(input => input.checked && !input.closest("[data-asked][hidden]"))
        .map(input => input.value);
      part.hidden = !given.some(value => after.includes(value));
    }
  };
  document.addEventListener("change", update);
  update();
}
