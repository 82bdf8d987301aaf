/* Keeps the site for when there is no network, says when a newer one is there, and forgets it all. */
(() => {
  "use strict";
  const own = document.currentScript;
  const words = own.dataset;
  const language = document.documentElement.lang;
  const root = new URL(words.root, location.href);
  const page = document.querySelector("[data-offline]");
  const bar = document.querySelector("[data-update]");
  const LATIN = { numberingSystem: "latn" };

  /* An icon on a phone is a trace: the browser must not offer it by itself. */
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    const offer = page && page.querySelector("[data-install]");
    if (!offer) return;
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => event.prompt(), { once: true });
  });

  if (page) {
    const missing = new URLSearchParams(location.search).has("missing");
    page.querySelector("[data-missing]").hidden = !missing;
  }
  if (!navigator.serviceWorker || location.protocol === "file:") return;
  const worker = navigator.serviceWorker;
  let wasAnswered = Boolean(worker.controller);
  let isReloading = false;

  function ask(to, message, report = () => {}) {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => {
        if (data.progress) report(data.progress);
        else if (data.error) reject(new Error(data.error));
        else resolve(data.result);
      };
      to.postMessage(message, [port2]);
    });
  }

  function sized(bytes) {
    const format = { ...LATIN, style: "unit", unit: "megabyte", maximumFractionDigits: 1, minimumFractionDigits: 1 };
    return new Intl.NumberFormat(language, format).format(Math.max(bytes, 1e5) / 1e6);
  }

  function dated(date) {
    return new Intl.DateTimeFormat(language, { ...LATIN, dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
  }

  function aged(date) {
    const days = Math.round((new Date(date) - Date.now()) / 864e5);
    const format = new Intl.RelativeTimeFormat(language, { ...LATIN, numeric: "auto" });
    return days > -60 ? format.format(Math.min(0, days), "day") : format.format(Math.round(days / 30.44), "month");
  }

  /* --- A newer version --- */

  function showUpdate(text, reload) {
    bar.querySelector("[data-update-text]").textContent = text;
    bar.querySelector("button").onclick = reload;
    bar.hidden = false;
  }

  async function announce(waiting) {
    const { date } = await ask(waiting, { command: "describe" });
    showUpdate(words.updated.replace("{date}", dated(date)), () => {
      isReloading = true;
      ask(waiting, { command: "activate" });
    });
  }

  function watch(registration) {
    if (registration.waiting) announce(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const installing = registration.installing;
      installing.addEventListener("statechange", () => {
        if (installing.state === "installed" && registration.active) announce(installing);
      });
    });
  }

  worker.addEventListener("controllerchange", () => {
    if (isReloading) location.reload();
    // Another window took the new version: this page still is of the one before.
    else if (wasAnswered && worker.controller) showUpdate(words.replaced, () => location.reload());
    wasAnswered = true;
  });

  /* --- Keeping more --- */

  async function showControl(control, active) {
    const group = control.dataset.keep;
    const { groups } = await ask(active, { command: "describe" });
    const button = control.querySelector("button");
    const status = control.querySelector("[role=status]");
    control.hidden = false;
    button.disabled = groups[group].isKept;
    control.querySelector("[data-size]").textContent = sized(groups[group].missing || groups[group].size);
    status.textContent = groups[group].isKept ? words.kept : "";
  }

  function listen(control, active) {
    const bars = control.querySelector("progress");
    const status = control.querySelector("[role=status]");
    control.querySelector("button").addEventListener("click", async ({ currentTarget }) => {
      currentTarget.disabled = true;
      bars.hidden = false;
      status.textContent = "";
      try {
        await ask(active, { command: "keep", groups: [control.dataset.keep] }, ({ done, total }) => { bars.value = done / total; });
        await Promise.all([showControl(control, active), showKept(active)]);
      } catch (error) {
        status.textContent = error.message === "full" ? words.full : words.failed;
        currentTarget.disabled = false;
      }
      bars.hidden = true;
    });
  }

  async function showKept(active) {
    if (!page) return;
    const { edition, date, kept, files } = await ask(active, { command: "describe" });
    page.querySelector("[data-offline-state]").textContent = words.state
      .replace("{version}", edition).replace("{date}", dated(date)).replace("{age}", aged(date)).replace("{size}", sized(kept)).replace("{files}", files);
    page.querySelector("[data-works]").hidden = false;
  }

  function listenToPage(active) {
    const persist = page.querySelector("[data-persist]");
    persist.hidden = !(navigator.storage && navigator.storage.persist);
    persist.addEventListener("click", async () => {
      const isGranted = await navigator.storage.persist();
      page.querySelector("[data-persisted]").textContent = isGranted ? words.persisted : words.refused;
    });
    page.querySelector("[data-forget]").addEventListener("click", async () => {
      await ask(active, { command: "forget" });
      page.querySelector("[data-offline-state]").textContent = words.forgotten;
      page.querySelector("[data-works]").hidden = true;
    });
  }

  async function start() {
    const registration = await worker.register(new URL("sw.js", root), { updateViaCache: "none" });
    watch(registration);
    const { active } = await worker.ready;
    ask(active, { command: "keep", groups: [`core-${language}`] }).then(() => showKept(active), () => {});
    for (const control of document.querySelectorAll("[data-keep]")) {
      listen(control, active);
      showControl(control, active);
    }
    if (page) listenToPage(active);
  }

  /* Refused by the browser, or not published with one: then the site needs the network, as any. */
  function begin() {
    start().catch(() => { if (page) page.querySelector("[data-offline-state]").textContent = words.unavailable; });
  }

  /* What the reader came for goes first. */
  if (page || wasAnswered || !window.requestIdleCallback) begin();
  else addEventListener("load", () => requestIdleCallback(begin, { timeout: 3000 }));
})();
