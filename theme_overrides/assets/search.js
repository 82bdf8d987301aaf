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
      contacts: contacts.map(([action, where, city, facts, provenance, numbers]) => ({
        action: action && { kind: action[0], verb: data.shared[action[1]], shown: action[2], href: action[3] },
        where, place: city, numbers,
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

  function typedNumbers(question) {
    const plain = wordForms.normalize(question);
    return (plain.match(/(?:\+|\b)\d(?:[\d\s().+/-]*\d)?/g) || []).map((typed) => ({
      typed,
      digits: typed.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^00/, ""),
    }));
  }

  /* How surely a number is the one that was typed: whole, its end, its beginning, a part. */
  function likeness(number, { typed, digits }) {
    if (number === digits) return WHOLE;
    /* Four digits may as well be a year, and with a stroke the number of a law. */
    if (digits.length < 4 || (digits.length < 6 && (/[-/.]/.test(typed) || has(digits)))) return 0;
    if (number.endsWith(digits)) return 50 + digits.length;
    if (number.startsWith(digits)) return 30 + digits.length;
    return digits.length > 4 && number.includes(digits) ? 10 + digits.length : 0;
  }

  function findNumbers(question) {
    const wanted = typedNumbers(question).filter(({ digits }) => digits.length > 1);
    const found = [];
    if (!wanted.length) return found;
    results.forEach((result, document) => {
      result.contacts.forEach((contact, position) => {
        const score = Math.max(0, ...contact.numbers.flatMap((number) => wanted.map((one) => likeness(number, one))));
        if (score) found.push({ document, contact: position, score });
      });
    });
    return found.sort((a, b) => b.score - a.score);
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
    const weights = lookups.map((found) => {
      const most = Math.max(1, ...[...found.keys()].map(documentsWith));
      const rarity = found.size ? most : RARE;
      return Math.log(1 + results.length / rarity) * (isKnown(found) ? 1 : UNKNOWN);
    });
    const all = new Map(lookups.flatMap((found) => [...found]));
    if (!all.size) return { found: [], matched: new Set(), isPartial: false };
    const answers = index.query((query) => {
      for (const [term, { boost }] of all) query.term(term, { boost, usePipeline: false });
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const found = answers.slice(0, CANDIDATES).map(({ ref, score, matchData }) => {
      const document = Number(ref);
      const inDocument = Object.keys(matchData.metadata);
      let covered = 0;
      lookups.forEach((lookup, i) => {
        covered += weights[i] * Math.max(0, ...inDocument.map((term) => lookup.get(term)?.cover || 0));
      });
      const coverage = covered / total;
      const result = results[document];
      const isElsewhere = result.isLocal && !Object.values(matchData.metadata).some((fields) => fields.places);
      const worth = coverage ** 3 * closeness(result, all) * (isElsewhere ? UNASKED_PLACE : 1);
      return { document, coverage, score: score * worth };
    });
    const most = Math.max(...found.map(({ coverage }) => coverage));
    return {
      found: found.filter(({ coverage }) => coverage >= most * ENOUGH).sort((a, b) => b.score - a.score || a.document - b.document),
      matched: new Set(all.keys()),
      isPartial: most < ENOUGH,
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

  /* The answers to a question, best first; how to mark its words; whether none has all of them. */
  function search(question) {
    const { found, matched, isPartial } = findWords(question);
    const byNumber = new Map();
    for (const { document, contact } of findNumbers(question)) {
      if (!byNumber.has(document)) byNumber.set(document, contact);
    }
    const places = new Set(found.filter(({ coverage }) => coverage > 0).map(({ document }) => results[document])
      .filter((result) => result.place && namesPlace(result, matched)).map((result) => result.place));
    const best = found.length ? found[0].score : 1;
    const order = [
      ...[...byNumber.keys()].map((document) => ({ document, score: best })),
      ...found.filter(({ document }) => !byNumber.has(document)),
    ];
    return {
      isPartial: isPartial && !byNumber.size,
      answers: order.map(({ document, score, coverage }) => {
        const result = results[document];
        return { ...result, score, coverage, contact: chooseContact(result, byNumber.get(document), places) };
      }),
      isMatch: (word) => {
        const stem = stemOf(wordForms.normalize(word));
        return matched.has(stem) || matched.has(groupOf.get(stem));
      },
    };
  }

  function namesPlace(result, matched) {
    return namesOf(result).some((name) => name.every((stem) => matched.has(stem)));
  }

  function chooseContact(result, byNumber, places) {
    if (byNumber !== undefined) return result.contacts[byNumber];
    const here = result.contacts.find((contact) => contact.action && places.has(contact.place));
    return here || result.contacts[result.first] || null;
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
    return scored.sort((a, b) => b.score - a.score).slice(0, CLOSEST).map(({ result }) => result);
  }

  const countries = data.countries.map((number) => ({ ...results[number], contact: null }));
  Object.assign(globalThis.dalil, { search, closestTerms, countries });
})();
