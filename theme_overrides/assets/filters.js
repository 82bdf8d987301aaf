/* Filters a list by the choices in its form, and keeps them in the address so that it can be sent. */
(() => {
  "use strict";
  const form = document.querySelector("[data-filters]");
  if (!form) return;
  const filters = [...form.querySelectorAll("[data-filter]")];
  const entries = [...document.querySelectorAll("[data-filter-entry]")];
  const groups = [...document.querySelectorAll("[data-filter-group]")];
  const indexes = [...document.querySelectorAll("[data-filter-indexes]")];
  const nothing = document.querySelector("[data-filter-none]");
  const count = form.querySelector("[data-filter-count]");
  const plurals = new Intl.PluralRules(form.dataset.language);
  const forms = JSON.parse(form.dataset.countForms);

  function chosen(filter) {
    return filter.type === "checkbox" && !filter.checked ? "" : filter.value;
  }

  function has(entry, filter, value) {
    return !value || entry.dataset[filter.name].split("|").includes(value);
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
    const option = filter.selectedOptions && filter.selectedOptions[0];
    if (option && option.parentElement.hidden) filter.value = "";
  }

  /* Says beside each choice how many entries it would leave, with what the other filters chose. */
  function recount(filter) {
    // A new country takes its city away, so the old one's doesn't count.
    const others = filters.filter((other) => other !== filter && other.dataset.within !== filter.name);
    const left = entries.filter((entry) => others.every((other) => has(entry, other, chosen(other))));
    const leaves = (value) => left.filter((entry) => has(entry, filter, value)).length;
    if (filter.type === "checkbox") {
      filter.parentElement.querySelector("[data-count]").textContent = leaves(filter.value);
      return;
    }
    for (const option of filter.querySelectorAll("option[data-name]")) {
      const number = leaves(option.value);
      option.textContent = `${option.dataset.name} (${number})`;
      option.disabled = number === 0 && !option.selected;
    }
  }

  function remember() {
    const query = new URLSearchParams();
    for (const filter of filters) if (chosen(filter)) query.set(filter.name, chosen(filter));
    const text = query.toString();
    const search = text ? `?${text}` : "";
    try {
      history.replaceState(null, "", location.pathname + search + location.hash);
    } catch {
      // A page opened from a folder has no address that may change; the filter works all the same.
    }
  }

  function apply() {
    filters.forEach(narrow);
    filters.forEach(recount);
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !filters.every((filter) => has(entry, filter, chosen(filter)));
      shown += entry.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-entry]:not([hidden])");
    count.textContent = say(shown);
    nothing.hidden = shown > 0;
    const isFiltered = filters.some(chosen);
    for (const index of indexes) index.hidden = isFiltered;
  }

  const query = new URLSearchParams(location.search);
  for (const filter of filters) {
    const wanted = query.get(filter.name);
    const options = filter.options ? [...filter.options].map((option) => option.value) : [filter.value];
    if (!wanted || !options.includes(wanted)) continue;
    if (filter.type === "checkbox") filter.checked = true;
    else filter.value = wanted;
    const more = filter.closest("details");
    if (more) more.open = true;
  }
  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
