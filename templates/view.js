"use strict";
// The page of one document: what was read at a mark, beside the text. `?en` in the address chooses English, `#ID` an item.
const read = id => JSON.parse(document.getElementById(id).textContent);
const items = read("items"), words = read("words"), panel = document.getElementById("item"), text = document.getElementById("text");
let lang = location.search === "?en" ? "en" : "vi", on = null, kept = false;
const word = key => words[lang][key] ?? key;
const value = key => words[lang]["v." + key] ?? word(key);
const make = (tag, content, attributes = {}) => { const e = document.createElement(tag); e.append(content); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };
function list(fields) {
  const dl = make("dl", "");
  for (const [name, said, how] of fields) {
    const goal = how === 2 ? document.getElementById(said) : null;
    dl.append(make("dt", word(name)), make("dd", how === 1 ? value(said) : goal ? make("a", goal.textContent.slice(0, 80), { href: "#" + said }) : said, { lang: how === 1 ? lang : "vi" }));
  }
  return dl;
}
function show(mark) {
  if (on) on.classList.remove("on");
  on = mark; mark.classList.add("on"); panel.classList.remove("empty");
  const item = items[mark.dataset.i], parts = [make("div", word(item.what), { class: "what" })];
  if (item.head) parts.push(make("p", item.head, { class: "head", lang: "vi" }));
  parts.push(make("p", item.text.length > 300 ? item.text.slice(0, 300) + "…" : item.text, { class: "words", lang: "vi" }), list(item.fields));
  if (item.more.length) { const details = make("details", make("summary", word("technical"))); details.append(list(item.more)); parts.push(details); }
  panel.replaceChildren(...parts);
}
function speak() {
  document.documentElement.lang = lang;
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = word(e.dataset.t);
  for (const e of document.querySelectorAll("[data-label]")) e.setAttribute("aria-label", word(e.dataset.label));
  for (const b of document.querySelectorAll("[data-lang]")) b.setAttribute("aria-pressed", b.dataset.lang === lang);
  if (on) show(on);
}
const mark = event => event.target.closest?.(".m");
text.addEventListener("mouseover", e => { const m = mark(e); if (m && !kept) show(m); });
text.addEventListener("focusin", e => { const m = mark(e); if (m) show(m); });
text.addEventListener("click", e => { const m = mark(e); kept = !!m; if (m) show(m); });
document.addEventListener("keydown", e => { if (e.key === "Escape") { kept = false; panel.classList.add("empty"); if (on) on.classList.remove("on"); } });
for (const box of document.querySelectorAll("[data-kind]")) box.addEventListener("change", () => text.classList.toggle("no-" + box.dataset.kind, !box.checked));
for (const b of document.querySelectorAll("[data-lang]")) b.addEventListener("click", () => { lang = b.dataset.lang; speak(); });
function jump() { const m = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (m?.classList.contains("m")) { kept = true; show(m); m.focus({ preventScroll: true }); m.scrollIntoView({ block: "center" }); } }
addEventListener("hashchange", jump);
speak();
jump();
