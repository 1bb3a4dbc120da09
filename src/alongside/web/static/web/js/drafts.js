// Drafts that outlive a lost connection, a closed tab and a session time-out (E8).
//
// <form data-draft="opaque name" data-draft-key="base64 AES keys, newest first" [data-draft-url="autosave"]> is written, encrypted, to this
// device 400 ms after a change and put back when the page opens again. The key comes only with the signed-in page, so that
// whoever finds the device reads nothing. A submit that cannot go out waits here and is retried; the form's `submit_key`
// lets the server do it once. Words shown come from the server, translated (templates/ui/draft.html).

const PREFIX = "draft:";
const KEPT_MS = 7 * 24 * 3600 * 1000;
const WAIT_MS = 400;
const SERVER_WAIT_MS = 4000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "next"]);

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

async function opaque(name) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return PREFIX + text(digest).replace(/[^A-Za-z0-9]/g, "").slice(0, 24);
}

function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function forget(place) {
  try {
    localStorage.removeItem(place);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function places() {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forgetOld() {
  for (const place of places()) {
    const kept = read(place);
    if (!kept || !(Date.now() - kept.at < KEPT_MS)) forget(place);
  }
}

// A key with the name under which a draft remembers it: what was kept before keys changed is still put back.
async function named(base64) {
  const raw = bytes(base64);
  const digest = await crypto.subtle.digest("SHA-256", raw);
  return { id: text(digest).slice(0, 8), key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
}

class Draft {
  constructor(form) {
    this.form = form;
    this.notice = form.querySelector("[data-draft-notice]");
    this.untouched = this.#snapshot();
    this.sending = false;
    this.writing = Promise.resolve();
  }

  async open() {
    this.place = await opaque(this.form.dataset.draft);
    this.keys = await Promise.all(this.form.dataset.draftKey.split(" ").map(named));
    await this.#restore();
    this.form.addEventListener("input", () => this.#changed());
    this.form.addEventListener("change", () => this.#changed());
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    window.addEventListener("online", () => this.#retry());
    // A phone may close the tab without a word: write now.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.timer) this.#save();
    });
    if (this.waiting && navigator.onLine) await this.#retry();
  }

  #snapshot() {
    const entries = [...new FormData(this.form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
    return JSON.stringify(entries);
  }

  #changed() {
    // Leaving a field also says "change": nothing new is nothing to keep.
    if (this.sent || this.#snapshot() === this.words) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#save(), WAIT_MS);
    if (this.form.dataset.draftUrl && !this.serverTimer) this.serverTimer = setTimeout(() => this.#autosave(), SERVER_WAIT_MS);
  }

  // Writes follow each other, so that an older one never ends last.
  #save(waiting = this.waiting || "") {
    clearTimeout(this.timer);
    this.timer = null;
    this.waiting = waiting;
    const words = this.#snapshot();
    this.words = words;
    this.writing = this.writing.then(async () => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify({ words, waiting }));
      const [{ id, key }] = this.keys;
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), key: id, iv: text(iv), sealed: text(sealed), server: false }));
    }).catch(() => {});
    return this.writing;
  }

  async #restore() {
    const kept = read(this.place);
    if (!kept) return;
    let found;
    try {
      // Drafts of versions before name no key: then it is the oldest.
      const { key } = kept.key ? this.keys.find(({ id }) => id === kept.key) : this.keys.at(-1);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.iv) }, key, bytes(kept.sealed));
      found = JSON.parse(new TextDecoder().decode(plain));
    } catch {
      // Another person's, or a key that is gone: not readable here. It ends by itself after seven days.
      return;
    }
    this.waiting = found.waiting;
    // A page that came back with errors already holds what was written, and newer.
    if (this.form.querySelector("[data-error]") || this.#snapshot() !== this.untouched || found.words === this.untouched) return;
    this.#fill(JSON.parse(found.words));
    this.#say("kept", { discard: true });
  }

  #fill(entries) {
    const values = new Map();
    for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of this.form.elements) {
      if (!field.name || NOT_KEPT.has(field.name) || field.type === "file" || field.type === "submit") continue;
      const given = values.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field instanceof HTMLSelectElement && field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
      else if (given.length) field.value = given[0];
    }
    this.#carry(values);
    this.form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  }

  // What was typed into fields that the page no longer has travels along: the server shows it again and says why.
  #carry(values) {
    for (const name of (this.form.dataset.draftAlso ?? "").split(" ").filter(Boolean)) {
      if (this.form.elements.namedItem(name)) continue;
      for (const value of (values.get(name) ?? []).filter(Boolean)) {
        this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
    }
  }

  async #autosave() {
    this.serverTimer = null;
    if (this.sent || !navigator.onLine) return;
    const before = this.#snapshot();
    try {
      const response = await fetch(this.form.dataset.draftUrl, { method: "POST", body: new FormData(this.form), credentials: "same-origin", redirect: "manual" });
      if (response.headers.get("X-Draft-Saved") !== this.form.dataset.draft) return;
      await this.writing;
      const kept = read(this.place);
      if (kept && before === this.#snapshot()) localStorage.setItem(this.place, JSON.stringify({ ...kept, server: true }));
    } catch {
      // Offline: the copy on this device is enough for now.
    }
  }

  async #submitted(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    await this.#send(event.submitter);
  }

  async #send(submitter) {
    if (this.sending || this.sent) return;
    this.sending = true;
    const body = new FormData(this.form, submitter?.form === this.form ? submitter : undefined);
    const pressed = submitter?.name ? JSON.stringify([submitter.name, submitter.value]) : "[]";
    await this.#save(pressed);
    this.#say("sending");
    try {
      const response = await fetch(this.#address(), { method: "POST", body, credentials: "same-origin", headers: { "X-Draft": "1" } });
      await this.#answered(response);
    } catch {
      this.#say("offline");
    } finally {
      this.sending = false;
      delete this.form.dataset.busy;
    }
  }

  // A field named "action" hides the form's own property of that name.
  #address() {
    return new URL(this.form.getAttribute("action") ?? "", location.href).href;
  }

  async #answered(response) {
    const leads = response.headers.get("X-Draft-Location");
    const landed = new URL(leads ?? (response.url || this.#address()), location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const signIn = this.notice?.dataset.signInUrl;
    const saved = response.headers.get("X-Draft-Saved") ?? page.querySelector('meta[name="draft-saved"]')?.content;
    if (signIn && (response.status === 403 || landed.pathname === new URL(signIn, location.href).pathname)) {
      this.#say("signedOut", { signIn });
    } else if (leads) {
      // Done. What is kept here goes when the next page says that the server has it (`confirmed`).
      await this.#save("");
      this.sent = true;
      clearTimeout(this.timer);
      const isHere = landed.pathname + landed.search === location.pathname + location.search;
      location.assign(landed.href);
      if (isHere && landed.hash) location.reload();
    } else if (saved === this.form.dataset.draft) {
      this.sent = true;
      clearTimeout(this.timer);
      await this.writing;
      forget(this.place);
      location.assign(landed.href);
    } else if (response.ok || response.status === 422) {
      // The server read it and asks for a change: show its page, with what was written in it.
      await this.#save("");
      this.#show(page, landed);
    } else {
      this.#say("failed");
    }
  }

  // Takes over the form of the answer, errors and all, without losing this page.
  #show(page, landed) {
    const main = page.querySelector("main");
    if (!main?.querySelector(`form[data-draft="${CSS.escape(this.form.dataset.draft)}"]`)) {
      location.assign(landed.href);
      return;
    }
    this.sent = true;
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    start();
    document.querySelector("[data-error-summary]")?.focus();
  }

  async #retry() {
    if (!this.waiting || this.sent) return;
    const [name, value] = JSON.parse(this.waiting);
    const buttons = [...this.form.querySelectorAll("button, input")].filter((one) => one.type === "submit");
    const button = buttons.find((one) => !name || (one.name === name && one.value === value));
    await this.#send(button);
  }

  #say(what, { discard = false, signIn = "" } = {}) {
    if (!this.notice) return;
    const { dataset } = this.notice;
    this.notice.hidden = false;
    this.notice.querySelector("[data-draft-words]").textContent = dataset[what] ?? "";
    const actions = this.notice.querySelector("[data-draft-actions]");
    actions.replaceChildren();
    if (discard) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: dataset.discard });
      button.dataset.kind = "quiet";
      button.dataset.small = "";
      button.addEventListener("click", () => this.#discard());
      actions.append(button);
    }
    if (signIn) {
      const link = Object.assign(document.createElement("a"), { className: "button", textContent: dataset.signIn });
      link.dataset.small = "";
      link.href = `${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
      actions.append(link);
    }
    if (what !== "kept") this.notice.scrollIntoView({ block: "nearest" });
  }

  #discard() {
    clearTimeout(this.timer);
    this.waiting = "";
    forget(this.place);
    this.#fill(JSON.parse(this.untouched));
    this.form.reset();
    this.notice.hidden = true;
    this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }
}

function start() {
  for (const form of document.querySelectorAll("form[data-draft][data-draft-key]")) new Draft(form).open().catch(() => {});
}

async function confirmed() {
  const saved = document.querySelector('meta[name="draft-saved"]')?.content;
  if (saved) forget(await opaque(saved));
}

// Signing out erases what the server has. What it does not have stays, locked: its key leaves with the page.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-sign-out]")) return;
  for (const place of places()) if (read(place)?.server) forget(place);
});

// Away from https (or localhost) a browser has no cryptography: then nothing is kept rather than kept readable.
if (globalThis.crypto?.subtle) {
  forgetOld();
  confirmed().then(start);
}
