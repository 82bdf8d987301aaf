/* Opens the search with a tap or the key "/", and only then loads what answers questions. */
(() => {
  "use strict";
  const own = document.currentScript;
  const dialog = document.querySelector("[data-search-dialog]");
  const page = document.querySelector("[data-search-page]");
  /* What the others need, and what runs only where all of that is there. */
  const FIRST = ["lunr.js", "word-forms.js", "search-index.js"];
  const THEN = ["search.js", "search-view.js"];
  let loading = null;

  function add(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = own.src.replace(/[^/?]*(?=\?|$)/, name); // of the same version
      script.async = false; // they run in this order
      script.onload = resolve;
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    });
  }

  async function load() {
    await Promise.all(FIRST.map(add));
    await Promise.all(THEN.map(add));
  }

  async function prepare(form) {
    const status = form.parentElement.querySelector("[data-search-status]");
    status.textContent = own.dataset.loading;
    loading ??= load();
    try {
      await loading;
      status.textContent = "";
      globalThis.dalil.attach(form, own.dataset.home.replace(/index\.html$/, ""));
    } catch {
      loading = null; // the next try may go well
      status.textContent = own.dataset.failed;
    }
  }

  function open() {
    if (page) {
      page.elements.q.focus();
      page.elements.q.select();
      return;
    }
    if (!dialog.open) dialog.showModal();
    const form = dialog.querySelector("form");
    form.elements.q.select();
    prepare(form);
  }

  document.querySelector("[data-search-open]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const isTyping = field && (field.checkVisibility?.() ?? true); // a closed box may keep the focus for a moment
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector("[data-search-close]").addEventListener("click", () => dialog.close());
  /* Of itself, the key would only empty the field. */
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  /* The ground beside the box is the dialog itself; and a result may be on this very page. */
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    // Who calls may have to call the next one.
    const leads = link && !/^(tel|sms|mailto):|^https:\/\/wa\.me\//.test(link.getAttribute("href"));
    if (event.target === dialog || leads) dialog.close();
  });
  if (page) {
    page.hidden = false;
    document.querySelector("[data-search-without]").hidden = true;
    page.elements.q.value = new URLSearchParams(location.search).get("q") || "";
    prepare(page);
    if (!page.elements.q.value) page.elements.q.focus();
  }
})();
