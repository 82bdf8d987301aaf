/* Says how old each piece of knowledge is, by the reader's own clock: copies without a network age. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const plurals = new Intl.PluralRules(words.language);

  /* The first and the last day that a date of any precision (2025, 2025-03, 2025-03-14) can mean. */
  function span(text) {
    const [year, month, day] = text.split("-").map(Number);
    if (day) return [new Date(year, month - 1, day), new Date(year, month - 1, day)];
    if (month) return [new Date(year, month - 1, 1), new Date(year, month, 0)];
    return [new Date(year, 0, 1), new Date(year, 11, 31)];
  }

  /* A month that is too short for the day ends on its last, as months_later() in values/dates.py. */
  function monthsSince(then, now) {
    const months = (now.getFullYear() - then.getFullYear()) * 12 + now.getMonth() - then.getMonth();
    const last = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate();
    const isShort = now.getDate() < Math.min(then.getDate(), last);
    return Math.max(0, isShort ? months - 1 : months);
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

  /* An old edition says so before anything else: sooner where there are helplines. */
  function warn(age) {
    const warning = document.createElement("p");
    warning.className = "caution is-old";
    warning.textContent = words.old.replace("{age}", age);
    document.querySelector("main").prepend(warning);
  }

  const now = new Date();
  const MONTHS = document.querySelector("a[href^='tel:']") ? 6 : 12;
  for (const element of document.querySelectorAll("time[datetime]")) {
    const [first, last] = span(element.dateTime);
    const atMost = monthsSince(first, now);
    const atLeast = monthsSince(last, now);
    const isExact = first.getTime() === last.getTime();
    /* Of a date that is a whole year, an age is only told once it is certain. */
    if (isExact || atLeast > 0) {
      const age = inWords(atLeast);
      element.textContent = `· ${isExact ? age : words.atLeast.replace("{age}", age)}`;
      element.hidden = false;
    }
    if ("edition" in element.dataset && atLeast >= MONTHS) warn(inWords(atLeast));
    /* Overdue as soon as it may be: better one call too many. */
    const limit = Number(element.dataset.overdueMonths);
    if (limit && atMost >= limit) {
      const warning = document.createElement("strong");
      warning.textContent = words.overdue;
      element.after(" ", warning);
      element.parentElement.classList.add("is-overdue");
    }
  }
})();
