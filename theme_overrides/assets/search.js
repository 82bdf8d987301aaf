/*
  Answers questions: `dalil.search(question)` gives the records that it finds, best first.
  lunr scores the words; what follows here weighs how much of the question a record answers.
*/
(() => {
  "use strict";
  const { wordForms, searchData: data } = globalThis.dalil;
  const FIELDS = Object.keys(data.vectors);
  const CANDIDATES = 120;
  const CLOSEST = 3;
  const UNASKED_PLACE = 0.8;
  const WHOLE = 100;
  const LONGEST_QUESTION = 200;
  const LONGEST_ENDING = 9; // digits
  const LONGEST_GUESS = 20; // letters; guessing takes time that grows with the square of them
  /* Digits with what people put between them. */
  const NUMBER = /\+?\d(?:[\d\s().\p{Pd}_·،,٫/]*\d)?/gu;
  const RARE = 20; // in how many records a word might stand that stands in none
  const UNKNOWN = 0.5; // how much such a word, or a guess at one, counts among the others
  const ENOUGH = 0.4; // of the question, for an answer to it
  const MAX_PREFIX_TERMS = 40;
  /* How much a match of each kind says: in lunr's score, and as an answer to the word typed. */
  const EXACT = { boost: 1, cover: 1 };
  const SYNONYM = { boost: 0.55, cover: 0.85 };
  const BEGINNING = { boost: 0.5, cover: 0.8 };
  const LONGER = { boost: 0.05, cover: 0.3 }; // begins with a word that is found as it stands
  const NEAR = { boost: 0.8, cover: 0.8 };
  const NEAR_SYNONYM = { boost: 0.4, cover: 0.6 };

  const ignored = new Set(data.ignored);
  const groupOf = new Map(data.synonyms.flatMap((group, number) => group.map((word) => [word, `=${number}`])));
  const terms = data.terms.split(" ");
  const index = globalThis.lunr.Index.load(unpack());
  const results = data.results.map(readResult);
  const frequency = new Map();
  const stemsOfWords = new Map();

  /* Makes of the data what lunr writes itself: vectors by field and document, postings by term. */
  function unpack() {
    const postings = terms.map((term, number) => [term, { _index: number, ...Object.fromEntries(FIELDS.map((field) => [field, {}])) }]);
    const fieldVectors = [];
    for (const field of FIELDS) {
      data.vectors[field].forEach((flat, document) => {
        const vector = [];
        let term = 0;
        for (let i = 0; i < flat.length; i += 2) {
          term += flat[i];
          vector.push(term, data.step ** flat[i + 1]);
          postings[term][1][field][document] = {};
        }
        fieldVectors.push([`${field}/${document}`, vector]);
      });
    }
    return { version: globalThis.lunr.version, fields: FIELDS, fieldVectors, invertedIndex: postings, pipeline: [] };
  }

  function readResult([group, page, anchor, title, language, hint, snippet, isLocal, aliases, place, contacts, first]) {
    return {
      isLocal: Boolean(isLocal),
      title, hint, snippet, aliases, place, first,
      group: data.groups[group],
      path: data.pages[page] + (anchor ? `#${anchor}` : ""),
      language: language || null,
      contacts: contacts.map(([action, where, city, facts, provenance, numbers, doubt]) => ({
        action: action && { kind: action[0], verb: data.shared[action[1]], shown: action[2], href: action[3] },
        where, place: city, numbers, doubt: doubt || null,
        facts: facts.map((fact) => data.shared[fact]),
        provenance: data.shared[provenance],
      })),
    };
  }

  /* --- Words --- */

  function stemOf(word) {
    if (!stemsOfWords.has(word)) stemsOfWords.set(word, wordForms.stem(word));
    return stemsOfWords.get(word);
  }

  function has(term) {
    return Object.hasOwn(index.invertedIndex, term);
  }

  function documentsWith(term) {
    if (!frequency.has(term)) {
      const found = new Set(FIELDS.flatMap((field) => Object.keys(index.invertedIndex[term][field])));
      frequency.set(term, found.size);
    }
    return frequency.get(term);
  }

  function beginningWith(start) {
    let low = 0;
    let high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] < start) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (low < terms.length && terms[low].startsWith(start) && found.length < MAX_PREFIX_TERMS) found.push(terms[low++]);
    return found;
  }

  /* The terms that a word is the beginning of, when its last letters are an ending half typed. */
  function beginningAlmost(word) {
    for (let length = word.length - 1; length > Math.max(3, word.length - 4); length -= 1) {
      const found = beginningWith(word.slice(0, length));
      if (found.length) return found;
    }
    return [];
  }

  /* The terms that differ from a stem by so many letters: one more, one less, another, two swapped. */
  function near(stem, distance) {
    const pattern = globalThis.lunr.TokenSet.fromFuzzyString(stem, distance);
    return index.tokenSet.intersect(pattern).toArray().filter((term) => !/[\d=]/.test(term));
  }

  /* What a word may mean that no term is or begins with. */
  function guess(word, stem) {
    if (stem.length > LONGEST_GUESS) return [];
    const ways = [
      () => (stem.length > (/^[a-z]/.test(stem) ? 3 : 2) ? near(stem, 1) : []), // Arabic roots are short
      () => beginningAlmost(word),
      () => (stem.length > 5 ? near(stem, 2) : []),
    ];
    for (const way of ways) {
      const found = way();
      if (found.length) return found;
    }
    return [];
  }

  /* What to look up for a word: terms of the index, and what a match of each says. */
  function lookUp(word, isLast) {
    const stem = stemOf(word);
    const found = new Map();
    const add = (term, match) => {
      if (term && has(term) && !found.has(term)) found.set(term, match);
    };
    add(stem, EXACT);
    add(groupOf.get(stem), SYNONYM);
    if (/\d/.test(word)) return found;
    const base = wordForms.withoutPrefixes(word);
    if (isLast || !found.size) {
      const match = found.size ? LONGER : BEGINNING;
      for (const term of beginningWith(base)) add(term, match);
    }
    if (!found.size) {
      for (const term of guess(base, stem)) {
        add(term, NEAR);
        add(groupOf.get(term), NEAR_SYNONYM);
      }
    }
    return found;
  }

  /* --- Numbers --- */

  /* The numbers in a question. Each begins at a + or at digits; what is between digits is left out. */
  function typedNumbers(question) {
    const runs = wordForms.normalize(question).match(NUMBER) || [];
    return runs.map((run) => {
      const digits = run.replace(/\(0\)/, "").replace(/\D/g, "");
      return {
        digits,
        isInternational: run.startsWith("+"),
        isDivided: /[^\d\s+]/.test(run),
        parts: run.match(/\d+/g),
      };
    });
  }

  /* Without the 0 of the form at home, which some write behind the country's prefix. */
  function withoutTrunk(number, digits) {
    return [1, 2, 3].some((length) => digits[length] === "0" && number === digits.slice(0, length) + digits.slice(length + 1));
  }

  /* How surely a number is the one that was typed: whole, its end, its beginning, a part. A prefix that
     was typed counts: with it, only numbers that are dialled so are meant. */
  function likeness(form, { digits, isInternational, isDivided }) {
    const kind = form[0];
    const number = form.slice(1);
    if (kind === "=") return number === digits && !isInternational && !isDivided ? WHOLE : 0;
    if (isInternational) {
      if (kind === "0") return 0;
      if (number === digits || withoutTrunk(number, digits)) return WHOLE;
      return digits.length > 3 && number.startsWith(digits) ? 30 + digits.length : 0;
    }
    if (number === digits || (kind === "+" && withoutTrunk(number, digits))) return WHOLE;
    /* Four digits may as well be a year, and with a stroke the number of a law. */
    if (digits.length < 4 || (digits.length < 6 && (isDivided || has(digits)))) return 0;
    if (number.endsWith(digits)) return 50 + digits.length;
    if (number.startsWith(digits)) return 30 + digits.length;
    return digits.length > 4 && number.includes(digits) ? 10 + digits.length : 0;
  }

  /* A number that begins with 00 is one from abroad; a few digits that do may be the end of one. */
  function findNumber(wanted) {
    if (wanted.isInternational || !wanted.digits.startsWith("00")) return compare(wanted);
    const asItIs = wanted.digits.length > LONGEST_ENDING ? [] : compare(wanted);
    return asItIs.length ? asItIs : compare({ ...wanted, digits: wanted.digits.slice(2), isInternational: true });
  }

  function compare(wanted) {
    const found = [];
    results.forEach((result, document) => {
      result.contacts.forEach((contact, position) => {
        const score = Math.max(0, ...contact.numbers.map((form) => likeness(form, wanted)));
        if (score) found.push({ document, contact: position, score });
      });
    });
    return found;
  }

  /* Two numbers, typed one behind the other: both have to be there, or the end of a number that is
     not would be somebody's short code. */
  function findDivided({ parts, isInternational }) {
    const found = [];
    for (let middle = 1; middle < parts.length; middle += 1) {
      const halves = [parts.slice(0, middle), parts.slice(middle)].map((half, i) => (
        findNumber({ digits: half.join(""), isInternational: isInternational && i === 0, isDivided: false })
          .filter(({ score }) => score === WHOLE)
      ));
      if (halves.every((half) => half.length)) found.push(...halves.flat());
    }
    return found;
  }

  function findNumbers(question) {
    const found = typedNumbers(question).filter(({ digits }) => digits.length > 1).flatMap((wanted) => {
      const one = findNumber(wanted);
      return one.length || wanted.isDivided ? one : findDivided(wanted);
    });
    return found.sort((a, b) => b.score - a.score);
  }

  /* Whether a question is nothing but a number, and too long to be a year or the number of a law. */
  function isNumberAlone(question) {
    const plain = wordForms.normalize(question);
    return !/\p{L}/u.test(plain) && plain.replace(/\D/g, "").length > 7; // the longest is 2010-021
  }

  /* --- Answers --- */

  function isKnown(lookup) {
    return [...lookup.values()].some((match) => match !== NEAR && match !== NEAR_SYNONYM);
  }

  function findWords(question) {
    const typed = wordForms.splitWords(question);
    const telling = typed.filter((word) => !ignored.has(word));
    const words = telling.length ? telling : typed;
    const isComplete = /[\s\p{P}]$/u.test(question);
    const lookups = words.map((word, i) => lookUp(word, !isComplete && i === words.length - 1));
    const all = new Map(lookups.flatMap((found) => [...found]));
    const exact = new Set([...all].filter(([, match]) => match === EXACT || match === SYNONYM).map(([term]) => term));
    const nothing = { found: [], matched: new Set(), exact, isPartial: false, isGuess: false };
    if (!all.size) return nothing;
    const weights = lookups.map((found) => {
      const most = Math.max(1, ...[...found.keys()].map(documentsWith));
      const rarity = found.size ? most : RARE;
      return Math.log(1 + results.length / rarity) * (isKnown(found) ? 1 : UNKNOWN);
    });
    const answers = index.query((query) => {
      for (const [term, { boost }] of all) query.term(term, { boost, usePipeline: false });
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const found = answers.slice(0, CANDIDATES).map(({ ref, score, matchData }) => {
      const document = Number(ref);
      const inDocument = Object.keys(matchData.metadata);
      const covers = lookups.map((lookup) => Math.max(0, ...inDocument.map((term) => lookup.get(term)?.cover || 0)));
      const coverage = covers.reduce((sum, cover, i) => sum + weights[i] * cover, 0) / total;
      const result = results[document];
      const isElsewhere = result.isLocal && !Object.values(matchData.metadata).some((fields) => fields.places);
      const worth = coverage ** 3 * closeness(result, all) * (isElsewhere ? UNASKED_PLACE : 1);
      return { document, coverage, hasAll: covers.every(Boolean), score: score * worth };
    });
    const most = Math.max(...found.map(({ coverage }) => coverage));
    return {
      found: found.filter(({ coverage }) => coverage >= most * ENOUGH).sort((a, b) => b.score - a.score || a.document - b.document),
      matched: new Set(all.keys()),
      exact,
      isPartial: !found.some(({ hasAll }) => hasAll),
      isGuess: lookups.some((lookup) => lookup.size && !isKnown(lookup)),
    };
  }

  /* The stems of each name of a record: its title, the abbreviation in it, other names of a place. */
  function namesOf(result) {
    result.names ??= [
      ...result.title.split(/[()]/).map((part) => wordForms.splitWords(part).filter((word) => !ignored.has(word)).map(stemOf)),
      ...result.aliases.map((alias) => alias.split(" ")),
    ].filter((name) => name.length);
    return result.names;
  }

  /* More for a name that says nothing else than the question. */
  function closeness(result, all) {
    return 1 + Math.max(0, ...namesOf(result).map((name) => (
      name.filter((stem) => all.has(stem) || all.has(groupOf.get(stem))).length / name.length
    )));
  }

  /*
    The answers to a question, best first, and how to mark its words. `isPartial`: no record has all of
    them. `isGuess`: one is only spelt like a word that there is; no number may be called on a guess.
    `isNumber`: it is a number, and nothing else was looked for.
  */
  function search(whole) {
    const question = whole.slice(0, LONGEST_QUESTION);
    const isNumber = isNumberAlone(question);
    const { found, matched, exact, isPartial, isGuess } = findWords(isNumber ? "" : question);
    const byNumber = new Map();
    for (const { document, contact } of findNumbers(question)) {
      if (!byNumber.has(document)) byNumber.set(document, contact);
    }
    const places = new Set(results.filter((result) => result.place && isNamed(result, exact)).map(({ place }) => place));
    const best = found.length ? found[0].score : 1;
    const order = [
      ...[...byNumber.keys()].map((document) => ({ document, score: best })),
      ...found.filter(({ document }) => !byNumber.has(document)),
    ];
    return {
      isNumber,
      isPartial: isPartial && !byNumber.size,
      isGuess: isGuess && !byNumber.size,
      answers: order.map(({ document, score }) => {
        const result = results[document];
        const number = byNumber.get(document);
        const contact = number === undefined && isGuess ? null : chooseContact(result, number, places);
        return { ...result, score, contact };
      }),
      isMatch: (word) => {
        const stem = stemOf(wordForms.normalize(word));
        return matched.has(stem) || matched.has(groupOf.get(stem));
      },
    };
  }

  function isNamed(result, terms) {
    return namesOf(result).some((name) => name.every((stem) => terms.has(stem)));
  }

  /* The channel whose number was typed, or that of the one city asked for; where several were, none. */
  function chooseContact(result, byNumber, places) {
    if (byNumber !== undefined) return result.contacts[byNumber];
    const here = result.contacts.filter((contact) => contact.action && places.has(contact.place));
    if (new Set(here.map((contact) => contact.place)).size > 1) return null;
    return here[0] || result.contacts[result.first] || null;
  }

  /* --- What comes closest when nothing is found --- */

  function pairs(word) {
    return new Set(Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2)));
  }

  function closestTerms(question) {
    const wanted = pairs(wordForms.normalize(question));
    const scored = results.filter(({ group }) => group === "terms").map((result) => {
      const own = pairs(wordForms.normalize(result.title));
      const common = [...wanted].filter((pair) => own.has(pair)).length;
      return { result, score: (2 * common) / (wanted.size + own.size || 1) };
    });
    return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, CLOSEST).map(({ result }) => result);
  }

  const countries = data.countries.map((number) => ({ ...results[number], contact: null }));
  Object.assign(globalThis.dalil, { search, closestTerms, countries });
})();
