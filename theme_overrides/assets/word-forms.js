/*
  From text to what is looked up: the twin of generator/word_forms.py, which says why. The cases in
  tests/search/word_forms.yaml hold the two equal.
*/
(() => {
  "use strict";
  const SPECIAL = new Map([..."ٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"].map((from, i) => [from, "ايه01234567890123456789"[i]]));
  const OTHERS = new Map([["ـ", ""], ["ء", ""], ["œ", "oe"], ["æ", "ae"], ["ß", "ss"], ...SPECIAL]);
  const REPLACED = new RegExp(`[${[...OTHERS.keys()].join("")}]`, "gu");
  const ACRONYM = /(^|[^\p{L}\p{N}])((?:\p{L}\.)+\p{L})(?![\p{L}\p{N}])/gu;
  const WORD = /[\p{L}\p{N}]+/gu;
  const ARABIC = /^[\u0621-\u064a]/;
  const ARABIC_PREFIXES = [["وال", 2], ["بال", 3], ["كال", 3], ["فال", 3], ["ال", 3], ["ل", 3], ["و", 4], ["ب", 4]];
  const ARABIC_SUFFIXES = ["ها", "هم", "ان", "ات", "ون", "وا", "ين", "يه", "ه", "ي", "ا"];
  const MIN_STEM = 3;
  const MIN_LATIN = 4;

  function normalize(text) {
    return text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "")
      .replace(REPLACED, (letter) => OTHERS.get(letter));
  }

  function splitWords(text) {
    const joined = normalize(text).replace(ACRONYM, (_, before, letters) => before + letters.replaceAll(".", ""));
    return (joined.match(WORD) || []).filter((word) => word.length > 1 || /\p{Nd}/u.test(word));
  }

  function stem(word) {
    if (ARABIC.test(word)) return stemArabic(word);
    return /^\p{L}+$/u.test(word) ? stemLatin(word) : word;
  }

  function withoutPrefixes(word) {
    const isPrefix = ([prefix, least]) => word.startsWith(prefix) && word.length - prefix.length >= least;
    for (let found = ARABIC_PREFIXES.find(isPrefix); found; found = ARABIC_PREFIXES.find(isPrefix)) {
      word = word.slice(found[0].length);
    }
    return word;
  }

  function stemArabic(word) {
    const rest = withoutPrefixes(word);
    const suffix = ARABIC_SUFFIXES.find((end) => rest.endsWith(end) && rest.length - end.length >= MIN_STEM);
    return suffix ? rest.slice(0, -suffix.length) : rest;
  }

  function stemLatin(word) {
    for (let shorter = shortenLatin(word); shorter !== word; shorter = shortenLatin(word)) word = shorter;
    return word;
  }

  function shortenLatin(word) {
    if (word.length < MIN_LATIN) return word;
    if (word.endsWith("eaux")) return word.slice(0, -1);
    if (word.endsWith("aux") && word.length > MIN_LATIN) return `${word.slice(0, -3)}al`;
    if (word.endsWith("s") && !/[uis]s$/.test(word)) return word.slice(0, -1);
    if (word.endsWith("e")) return word.slice(0, -1);
    for (const ending of ["ing", "ed", "er"]) {
      if (word.endsWith(ending) && word.length - ending.length >= MIN_LATIN) return word.slice(0, -ending.length);
    }
    if (word.endsWith("y")) return `${word.slice(0, -1)}i`;
    if (word.at(-1) === word.at(-2) && word.at(-1) !== "s") return word.slice(0, -1);
    return word;
  }

  globalThis.dalil = { ...globalThis.dalil, wordForms: { normalize, splitWords, stem, withoutPrefixes } };
})();
