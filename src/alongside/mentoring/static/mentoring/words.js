// Plain words, offered while somebody types. Without this file the form has a button that asks for the same.
// The rules are the server's (rules/plain_words.py); nothing is kept there, and nothing typed is ever changed from here.

const WAIT_MS = 900;

function watch(form) {
  const place = form.querySelector("[data-words]");
  const fields = [...form.querySelectorAll("textarea[name=note], textarea[name=words], input[name=next_step]")];
  if (!place || !fields.length) return;
  let timer = null;
  let asked = "";

  async function look() {
    const text = fields.map((field) => field.value).join("\n");
    if (text === asked || !navigator.onLine) return;
    asked = text;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("text", text);
    try {
      const response = await fetch(form.dataset.wordsUrl, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (!response.ok || asked !== text) return;
      const found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-words]");
      if (found && found.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...found.childNodes);
    } catch {
      // Offline: the note matters, not its wording.
    }
  }

  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT_MS);
    });
  }
}

function start() {
  for (const form of document.querySelectorAll("form[data-words-url]:not([data-words-on])")) {
    form.dataset.wordsOn = "";
    watch(form);
  }
}

start();
// `drafts.js` shows the answer of a form in place of the page.
new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
