/* Adds a button that copies an e-mail address, for readers without a mail program. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  if (!navigator.clipboard) return; // such as on pages from a folder in some browsers
  for (const link of document.querySelectorAll("a[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.setAttribute("aria-label", `${words.copy} ${link.dataset.copy}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(link.dataset.copy);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
    link.after(button);
  }
})();
