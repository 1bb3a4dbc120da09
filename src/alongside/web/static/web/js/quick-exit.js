// Leaves at once (E4). The session ends in the background; the history entry of this page is replaced, not added to.
// Without this file the button is a plain POST form, which does the same a moment slower.
const form = document.querySelector("form[data-quick-exit]");

function leave() {
  document.documentElement.hidden = true;
  fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual", credentials: "same-origin" }).catch(() => {});
  location.replace(form.dataset.quickExit);
}

if (form?.dataset.quickExit) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  // Escape, three times within a second and a half, for whoever has no hand free to aim.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses.filter((moment) => event.timeStamp - moment < 1500), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}
