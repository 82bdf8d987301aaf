/* Filters the directory by country, need and city, and keeps the choice in the address. */
(() => {
  "use strict";
  const form = document.querySelector("[data-filters]");
  if (!form) return;
  const entries = [...document.querySelectorAll("[data-filter-entry]")];
  const groups = [...document.querySelectorAll("[data-filter-group]")];
  const nothing = document.querySelector("[data-filter-none]");
  const count = form.querySelector("[data-filter-count]");
  const cityGroups = [...form.elements.city.querySelectorAll("optgroup")];
  const plurals = new Intl.PluralRules(form.dataset.language);
  const forms = JSON.parse(form.dataset.countForms);
  const names = ["country", "need", "city"];

  function matches(entry, name) {
    const wanted = form.elements[name].value;
    return !wanted || entry.dataset[name].split(" ").includes(wanted);
  }

  function say(shown) {
    const text = forms[plurals.select(shown)] || forms.other;
    return text.replace("{count}", shown).replace("{total}", form.dataset.total);
  }

  function offerCities() {
    const country = form.elements.country.value;
    for (const group of cityGroups) group.hidden = Boolean(country) && group.dataset.country !== country;
    const chosen = form.elements.city.selectedOptions[0];
    if (chosen && chosen.parentElement.hidden) form.elements.city.value = "";
  }

  function remember() {
    const query = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) query.set(name, form.elements[name].value);
    const search = query.size ? `?${query}` : "";
    try {
      history.replaceState(null, "", location.pathname + search + location.hash);
    } catch {
      // A page opened from a folder has no address that may change; the filter works all the same.
    }
  }

  function apply() {
    offerCities();
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !names.every((name) => matches(entry, name));
      shown += entry.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-entry]:not([hidden])");
    count.textContent = say(shown);
    nothing.hidden = shown > 0;
    const isFiltered = names.some((name) => form.elements[name].value);
    document.querySelector("[data-filter-indexes]").hidden = isFiltered;
  }

  const query = new URLSearchParams(location.search);
  for (const name of names) {
    const wanted = query.get(name);
    const options = [...form.elements[name].options].map((option) => option.value);
    if (wanted && options.includes(wanted)) form.elements[name].value = wanted;
  }
  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
