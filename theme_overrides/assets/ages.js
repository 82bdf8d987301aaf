/* Says how old each piece of knowledge is, by the reader's own clock: copies without a network age. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const plurals = new Intl.PluralRules(words.language);

  /* The last day that a date of any precision (2025, 2025-03, 2025-03-14) can mean. */
  function latestDay(text) {
    const [year, month, day] = text.split("-").map(Number);
    if (day) return new Date(year, month - 1, day);
    return month ? new Date(year, month, 0) : new Date(year, 11, 31);
  }

  function monthsSince(then, now) {
    const months = (now.getFullYear() - then.getFullYear()) * 12 + now.getMonth() - then.getMonth();
    return Math.max(0, now.getDate() < then.getDate() ? months - 1 : months);
  }

  function counted(forms, count) {
    const byPlural = JSON.parse(forms);
    return (byPlural[plurals.select(count)] || byPlural.other).replace("{count}", count);
  }

  function inWords(months) {
    if (months < 1) return words.new;
    if (months < 24) return counted(words.months, months);
    return counted(words.years, Math.floor(months / 12));
  }

  const now = new Date();
  for (const element of document.querySelectorAll("time[datetime]")) {
    const date = element.dateTime;
    const months = monthsSince(latestDay(date), now);
    const isExact = date.length === "2025-03-14".length || months < 1;
    const age = inWords(months);
    element.textContent = `· ${isExact ? age : words.atLeast.replace("{age}", age)}`;
    element.hidden = false;
    const limit = Number(element.dataset.overdueMonths);
    if (limit && months >= limit) {
      const warning = document.createElement("strong");
      warning.textContent = words.overdue;
      element.after(" ", warning);
      element.parentElement.classList.add("is-overdue");
    }
  }
})();
