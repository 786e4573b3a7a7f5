/* Week keys, the panel's focus, and Esc. Everything works without this file, only less quickly, and
   edits then go without a reason. */
"use strict";

const writing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape") return closePanel();
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel || writing(event.target) || event.target.closest("[role=region]")) return;
  document.querySelector(`a[rel=${rel}]`)?.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) closePanel();
  const day = event.target.closest(".days a");
  if (day) {
    event.preventDefault();
    showDay(day);
  }
});

/* A duty has many forms and one field for the reason, which goes along with whichever is sent. */
document.addEventListener("formdata", (event) => {
  const why = event.target.closest("#panel")?.querySelector("#why");
  if (why) event.formData.set("reason", why.value);
});

let opener = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  const duty = event.target.closest?.("a.duty");
  if (duty) opener = duty.id;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "panel") {
    event.target.scrollTop = 0;
    event.target.querySelector("h2")?.focus({ preventScroll: true });
  }
  if (event.target.id === "board") markOpen();
  else if (opener) markOpen();
});

function markOpen() {
  document.querySelectorAll("a.duty[aria-current]").forEach((duty) => duty.removeAttribute("aria-current"));
  const duty = opener && document.getElementById(opener);
  duty?.setAttribute("aria-current", "true");
  duty?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function closePanel() {
  const panel = document.querySelector("aside#panel");
  if (!panel?.firstElementChild) return;
  panel.replaceChildren();
  const duty = opener && document.getElementById(opener);
  opener = null;
  markOpen();
  duty?.focus();
}

/* On a phone one day is shown at a time; without this file the link asks the server for it. */
function showDay(link) {
  link.closest("nav").querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  document.querySelector("table.board").dataset.day = link.dataset.day;
}
