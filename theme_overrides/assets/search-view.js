/*
  Shows answers: on the search page as a list, in the dialog as the grid of a combobox, where the
  arrows go to a result and to its number (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
*/
(() => {
  "use strict";
  const { search, closestTerms, countries, searchData: data } = globalThis.dalil;
  const { texts } = data;
  const BEST = 5;
  const SAME_TITLE = 2;
  const WORTH_A_PLACE = 0.4;
  const plurals = new Intl.PluralRules(data.language);
  const isRtl = document.dir === "rtl";

  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  function marked(content, isMatch) {
    const parts = content.split(/([\p{L}\p{M}\p{N}]+)/u);
    return parts.map((part, i) => (i % 2 && isMatch(part) ? make("mark", {}, part) : part));
  }

  function icon(kind) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#icon-${kind}`);
    svg.append(use);
    return svg;
  }

  function makeLink(answer, base, isMatch) {
    const title = make("span", { class: "answer-title", lang: answer.language, dir: answer.language && "auto" }, ...marked(answer.title, isMatch));
    const hint = answer.hint ? make("span", { class: "answer-hint" }, ...marked(answer.hint, isMatch)) : null;
    return make("a", { href: base + answer.path }, title, hint && " ", hint);
  }

  function makeButton({ kind, verb, shown, href }) {
    const number = make("bdi", { dir: "ltr", class: "number" }, shown);
    return make("a", { class: `action action-${kind}`, href }, icon(kind), make("span", {}, make("span", { class: "verb" }, verb), " ", number));
  }

  /* What to know before a call. */
  function makeNote(contact) {
    const told = [contact.where, ...contact.facts, ...(contact.doubt ? [texts.doubtful, contact.doubt] : [contact.provenance])];
    return make("p", { class: "answer-note" }, told.filter(Boolean).join(" · "));
  }

  function makeParts(answer, base, isMatch) {
    const { contact } = answer;
    return {
      link: makeLink(answer, base, isMatch),
      snippet: answer.snippet ? make("p", { class: "answer-snippet" }, ...marked(answer.snippet, isMatch)) : null,
      button: contact && contact.action ? make("div", {}, makeButton(contact.action)) : null,
      note: contact ? makeNote(contact) : null,
    };
  }

  /* The best answers, whatever they are, but no more than two of one title where others are nearly
     as good: "Shelter" in seven countries must not hide what shelter means. */
  function chooseBest(answers) {
    const chosen = [];
    const titles = new Map();
    for (const answer of answers) {
      const seen = titles.get(answer.title) || 0;
      if (chosen.length === BEST || answer.score < answers[0].score * WORTH_A_PLACE) break;
      if (seen < SAME_TITLE) chosen.push(answer);
      titles.set(answer.title, seen + 1);
    }
    const others = answers.filter((answer) => !chosen.includes(answer));
    return [...chosen, ...others.slice(0, BEST - chosen.length)];
  }

  /* The best answers first; then the rest under the names of their groups. */
  function inGroups(answers) {
    const best = chooseBest(answers);
    const sections = new Map();
    for (const answer of answers.filter((one) => !best.includes(one))) {
      sections.set(answer.group, [...(sections.get(answer.group) || []), answer]);
    }
    const rest = [...sections].map(([group, members]) => ({ name: texts[group], members }));
    return best.length ? [{ name: texts.best, members: best }, ...rest] : [];
  }

  function say(question, { answers, isPartial, isGuess, isNumber }) {
    if (!answers.length) return isNumber ? texts.no_number : texts.nothing.replace("{question}", () => question);
    if (isGuess) return texts.guessed;
    if (isPartial) return texts.partly;
    const forms = data.counts;
    return (forms[plurals.select(answers.length)] || forms.other).replace("{count}", answers.length);
  }

  /* --- The search page --- */

  function attachPage(form, base) {
    const list = document.querySelector("[data-results]");
    const status = form.parentElement.querySelector("[data-search-status]");
    const offers = document.querySelector("[data-search-offers]");
    const nearest = document.querySelector("[data-search-closest]");
    const languages = document.querySelectorAll(".languages a");
    const SHOWN = 5;

    function item(answer, isMatch, heading) {
      const { link, snippet, button, note } = makeParts(answer, base, isMatch);
      const top = heading ? make("h2", { class: "answers-heading" }, heading) : null;
      return make("li", {}, top, link, snippet, button, note);
    }

    function showSection({ name, members }, isMatch) {
      members.slice(0, SHOWN).forEach((answer, i) => list.append(item(answer, isMatch, i === 0 ? name : null)));
      const more = members.slice(SHOWN);
      if (!more.length) return;
      const button = make("button", { type: "button", class: "more-answers" }, texts.all.replace("{count}", members.length).replace("{group}", name));
      const holder = make("li", {}, button);
      button.addEventListener("click", () => {
        const items = more.map((answer) => item(answer, isMatch, null));
        holder.replaceWith(...items);
        items[0].querySelector("a").focus();
      });
      list.append(holder);
    }

    function show() {
      const question = form.elements.q.value.trim();
      list.replaceChildren();
      nearest.hidden = true;
      offers.hidden = false;
      status.textContent = "";
      for (const link of languages) link.search = query(); // they keep the question
      if (!question) return;
      const found = search(form.elements.q.value);
      for (const section of inGroups(found.answers)) showSection(section, found.isMatch);
      status.textContent = say(question, found);
      if (found.answers.length) {
        offers.hidden = true;
        return;
      }
      const links = closestTerms(question).map((result) => make("li", {}, makeLink(result, base, () => false)));
      nearest.hidden = !links.length;
      nearest.querySelector("ul").replaceChildren(...links);
    }

    function query() {
      const question = form.elements.q.value.trim();
      return question ? `?${new URLSearchParams({ q: question })}` : "";
    }

    /* Puts the question into the address, for "back" and to send it; not what is only being typed. */
    function remember() {
      try {
        history.replaceState(null, "", location.pathname + query());
      } catch {
        // A page opened from a folder has no address that may change.
      }
    }

    form.elements.q.addEventListener("input", show);
    list.addEventListener("click", (event) => { if (event.target.closest("a")) remember(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
      remember();
      const first = list.querySelector("a");
      if (first) first.focus();
    });
    show();
  }

  /* --- The dialog on every page --- */

  function attachDialog(form, base) {
    const input = form.elements.q;
    const grid = document.getElementById(input.getAttribute("aria-controls"));
    const status = form.parentElement.querySelector("[data-search-status]");
    const SHOWN = 3;
    let rows = [];
    let active = null;

    function makeRow(answer, isMatch, id) {
      const { link, snippet, button, note } = makeParts(answer, base, isMatch);
      const cells = [make("div", { role: "gridcell", id: `${id}-0` }, link, snippet)];
      if (button || note) cells.push(make("div", { role: "gridcell", id: `${id}-1` }, button, note));
      for (const element of [link, button && button.firstChild]) if (element) element.tabIndex = -1;
      rows.push(cells);
      return make("div", { role: "row", class: "answer" }, ...cells);
    }

    function makeSection({ name, members }, isMatch, number) {
      const heading = name ? make("div", { class: "answers-heading", "aria-hidden": "true" }, name) : null;
      const shown = members.map((answer, i) => makeRow(answer, isMatch, `answer-${number}-${i}`));
      return make("div", { role: "rowgroup", "aria-label": name }, heading, ...shown);
    }

    /* Where nothing is found: the closest terms, and the countries. */
    function offer(question) {
      return [
        { name: texts.closest, members: closestTerms(question) },
        { name: texts.countries, members: countries },
      ].filter(({ members }) => members.length);
    }

    function choose(question, answers) {
      if (!answers.length) return offer(question);
      return inGroups(answers).map(({ name, members }, i) => ({ name, members: members.slice(0, i ? SHOWN : BEST) }));
    }

    function activate(row, cell) {
      if (active) {
        active.classList.remove("is-active");
        active.removeAttribute("aria-selected");
      }
      active = rows[row] ? rows[row][Math.min(cell, rows[row].length - 1)] : null;
      if (!active) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      active.classList.add("is-active");
      active.setAttribute("aria-selected", "true");
      active.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", active.id);
    }

    function show() {
      const question = input.value.trim();
      rows = [];
      activate(-1, 0);
      const found = question ? search(input.value) : null;
      const sections = found ? choose(question, found.answers) : [];
      const shown = sections.map((section, number) => makeSection(section, found.isMatch, number));
      grid.replaceChildren(...shown);
      grid.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(shown.length > 0));
      status.textContent = found ? say(question, found) : "";
    }

    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      const row = rows.findIndex((cells) => cells.includes(active));
      const cell = row < 0 ? 0 : rows[row].indexOf(active);
      const [before, after] = isRtl ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
      if (event.key === "ArrowDown") activate((row + 1) % rows.length, cell);
      else if (event.key === "ArrowUp") activate((row > 0 ? row : rows.length) - 1, cell);
      else if (active && event.key === before) activate(row, Math.max(0, cell - 1));
      else if (active && event.key === after) activate(row, cell + 1);
      else if (active && event.key === "Enter") (active.querySelector("a") || rows[row][0].querySelector("a")).click();
      else return;
      event.preventDefault();
    });
    show();
  }

  const attached = new Set();
  globalThis.dalil.attach = (form, base) => {
    if (attached.has(form)) form.elements.q.dispatchEvent(new Event("input")); // answers it anew
    else if (form.hasAttribute("data-search-page")) attachPage(form, base);
    else attachDialog(form, base);
    attached.add(form);
  };
})();
