// "Near me": asks the browser where it is, only when somebody presses the button, and sends it rounded to half a mile.
// Without this file the field for a city or ZIP code does the same.
const form = document.querySelector("[data-finder]");
const button = form?.querySelector("[data-near-me]");
const said = form?.querySelector("[data-near-said]");
if (button && navigator.geolocation) {
  button.hidden = said.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.position.value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        form.elements.near.value = "";
        form.requestSubmit();
      },
      () => {
        button.disabled = false;
        said.textContent = button.dataset.failed;
      },
      { maximumAge: 600000, timeout: 15000 },
    );
  });
}
