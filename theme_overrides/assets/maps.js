/* Shows on a country's map only the cities that answer a need. */
(() => {
  "use strict";
  for (const section of document.querySelectorAll(".map-section")) {
    const control = section.querySelector("[data-map-needs]");
    if (!control) continue;
    const choice = control.querySelector("select");
    choice.addEventListener("change", () => {
      const cities = [...section.querySelectorAll("li[data-place]")];
      const answers = new Set(cities.filter((city) => !choice.value || city.dataset.needs.split(" ").includes(choice.value)).map((city) => city.dataset.place));
      for (const element of section.querySelectorAll("[data-place]")) element.toggleAttribute("data-off", !answers.has(element.dataset.place));
      for (const pin of section.querySelectorAll("g.map-pin")) pin.toggleAttribute("data-off", !pin.querySelector("[data-place]:not([data-off])"));
    });
    control.hidden = false;
  }
})();
