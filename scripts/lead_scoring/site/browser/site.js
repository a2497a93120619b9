/* What the pages of the site share: data that come by script elements, elements that are made
   without markup, and the keys that hold everywhere. */
"use strict";

const site_data = {}; // filled by the files of data/, each of which sets one name

/* Returns the data of data/NAME.js, loaded once. A page that is opened from disk may not fetch. */
function load(name) {
  if (name in site_data) return Promise.resolve(site_data[name]);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onload = () => resolve(site_data[name]);
    script.onerror = () => reject(new Error(`data/${name}.js is not there.`));
    document.head.append(script);
  });
}

/* Other people's words, rid of signs that do not show. */
function shown(text) {
  return String(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

/* Makes an element. Children are elements or texts, never markup; null is left out. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value != null && value !== false) made.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child != null) made.append(child instanceof Node ? child : shown(child));
  }
  return made;
}

function linkToLead(id) {
  return make("a", { href: `lead.html#${encodeURIComponent(id)}` }, id);
}

function linkToAccount(account) {
  return make("a", { href: `leads.html#${new URLSearchParams({ find: account })}` }, account);
}

/* Points with their sign, without idle zeros. */
function signed(points) {
  const text = points.toFixed(2).replace(/\.?0+$/, "");
  return points > 0 ? `+${text}` : text.replace("-0", "0") === "0" ? "0" : text;
}

/* A share as a percentage: small ones with a decimal. */
function percent(share) {
  return share < 0.0995 ? `${(100 * share).toFixed(1)} %` : `${Math.round(100 * share)} %`;
}

/* Minutes that are left, in the two largest units. */
function timeLeft(minutes) {
  if (minutes == null) return "no time set";
  const all = Math.abs(minutes);
  const days = Math.floor(all / 1440), hours = Math.floor((all % 1440) / 60), rest = all % 60;
  const parts = [[days, "d"], [hours, "h"], [rest, "min"]].filter(([many]) => many);
  const text = parts.slice(0, days > 1 ? 1 : 2).map(([many, unit]) => `${many} ${unit}`).join(" ") || "0 min";
  return minutes < 0 ? `${text} over` : `${text} left`;
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says what a page shows
  document.getElementById("content").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    const search = document.querySelector("[data-find]") ?? document.getElementById("find");
    search.focus();
    search.select();
  }
  if (event.key === "Escape" && event.target.type === "search") {
    if (event.target.value) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      event.target.blur();
    }
    event.preventDefault();
  }
});
