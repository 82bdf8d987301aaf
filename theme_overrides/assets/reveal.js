/* Opens what a link leads into: without it, a closed section takes one tap more. */
(() => {
  "use strict";
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let isChanged = false;
    for (let element = target; element; element = element.parentElement) {
      if (element.localName === "details" && !element.open) {
        element.open = true;
        isChanged = true;
      }
    }
    if (isChanged) target.scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  /* The same link a second time changes no hash, but its section may have been closed since. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });
  reveal();
})();
