// Shows the button for the search where it can work. The search itself is loaded when somebody wants it.
const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-search]"));
if (button && "showModal" in HTMLDialogElement.prototype) {
  button.hidden = false;
  button.addEventListener("click", () => import(button.dataset.module ?? "").then((search) => search.open(button)));
}
