/* Filters a list by the choices in its form, and keeps them in the address so that it can be sent. */
(() => {
  "use strict";
  const form = document.querySelector("[data-filters]");
  if (!form) return;
  const filters = [...form.querySelectorAll("select")];
  const entries = [...document.querySelectorAll("[data-filter-entry]")];
  const groups = [...document.querySelectorAll("[data-filter-group]")];
  const indexes = [...document.querySelectorAll("[data-filter-indexes]")];
  const nothing = document.querySelector("[data-filter-none]");
  const count = form.querySelector("[data-filter-count]");
  const plurals = new Intl.PluralRules(form.dataset.language);
  const forms = JSON.parse(form.dataset.countForms);

  function matches(entry, filter) {
    return !filter.value || entry.dataset[filter.name].split("|").includes(filter.value);
  }

  function say(shown) {
    const text = forms[plurals.select(shown)] || forms.other;
    return text.replace("{count}", shown).replace("{total}", form.dataset.total);
  }

  /* Offers only the choices under what another filter has chosen: the cities of the country. */
  function narrow(filter) {
    const outer = filter.dataset.within && form.elements[filter.dataset.within].value;
    for (const group of filter.querySelectorAll("optgroup")) {
      group.hidden = Boolean(outer) && group.dataset.value !== outer;
    }
    const chosen = filter.selectedOptions[0];
    if (chosen && chosen.parentElement.hidden) filter.value = "";
  }

  function remember() {
    const query = new URLSearchParams();
    for (const filter of filters) if (filter.value) query.set(filter.name, filter.value);
    const search = query.size ? `?${query}` : "";
    try {
      history.replaceState(null, "", location.pathname + search + location.hash);
    } catch {
      // A page opened from a folder has no address that may change; the filter works all the same.
    }
  }

  function apply() {
    filters.forEach(narrow);
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !filters.every((filter) => matches(entry, filter));
      shown += entry.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-entry]:not([hidden])");
    count.textContent = say(shown);
    nothing.hidden = shown > 0;
    const isFiltered = filters.some((filter) => filter.value);
    for (const index of indexes) index.hidden = isFiltered;
  }

  const query = new URLSearchParams(location.search);
  for (const filter of filters) {
    const wanted = query.get(filter.name);
    const options = [...filter.options].map((option) => option.value);
    if (wanted && options.includes(wanted)) filter.value = wanted;
  }
  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
