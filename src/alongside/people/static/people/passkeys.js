// Starts the passkey scripts of the page. A plain file, so that the strict content policy needs no exception (E7).
(() => {
  document.querySelectorAll("[data-needs-script]").forEach((form) => {
    form.hidden = false
  })
  document.querySelectorAll("script[data-allauth-onload]").forEach((script) => {
    const start = script.dataset.allauthOnload.split(".").reduce((found, name) => found[name], window)
    start(JSON.parse(script.textContent))
  })
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault()
    const trouble = document.getElementById("passkey-trouble")
    trouble.hidden = false
    trouble.setAttribute("role", "alert")
  })
})()
