/* Goes on to the language that the browser prefers; without it, the reader chooses. */
(() => {
  "use strict";
  const links = [...document.querySelectorAll("a[data-language]")];
  for (const wanted of navigator.languages || [navigator.language]) {
    const link = links.find((one) => one.dataset.language === wanted.split("-")[0]);
    if (link) {
      location.replace(link.href);
      return;
    }
  }
})();
