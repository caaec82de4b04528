"use strict";
// The page of `baocao compare`: facets, rows, pivot, map and charts over the data in #data. The address holds the view.
const D = JSON.parse(document.getElementById("data").textContent);
const TILES = JSON.parse(document.getElementById("tiles").textContent);
const $ = id => document.getElementById(id);
const words = {
  vi: {
    title: "So sánh chỉ tiêu", summary: (v, i, p, d) => `${v} giá trị của ${i} chỉ tiêu, ${p} địa bàn, ${d} văn bản`, find: "Tìm chỉ tiêu, địa bàn, văn bản …", group: "Nhóm chỉ tiêu", indicator: "Chỉ tiêu",
    province: "Tỉnh, thành phố (tên cũ hoặc mới, có dấu hoặc không)", level: "Cấp", role: "Loại số liệu", from: "Từ năm", to: "Đến năm", all: "Tất cả", parts: "Cả số liệu thành phần", differ: "Chỉ số liệu chưa khớp",
    clear: "Bỏ mọi bộ lọc", filters: "Bộ lọc", rows: "Danh sách", pivot: "Bảng chéo", map: "Bản đồ", apart: "Chưa chắc chắn", place: "Địa bàn", period: "Thời gian", value: "Giá trị", unit: "Đơn vị", source: "Nguồn",
    year: "Năm", of: (n, m) => n === m ? `${n} giá trị` : `${n} trong ${m} giá trị`, none: "Không có giá trị nào khớp bộ lọc.", drop: "Bỏ một bộ lọc:", more: n => `Xem thêm (còn ${n})`, copy: "Sao chép bảng", copied: "Đã sao chép", print: "In", close: "Đóng", part: "thành phần",
    nparts: n => `${n} số liệu thành phần`, open: "Mở văn bản", table: "Bảng", row: "Dòng", column: "Cột", page: "trang", line: "dòng", issued: "ban hành", inferred: "Văn bản không nêu thời gian: lấy năm ban hành", frame: "Thời gian của cả văn bản", newest: "mới nhất", level_names: ["cả nước", "cấp tỉnh", "cấp huyện", "cấp xã", "chưa rõ"],
    roles: { actual: "thực hiện", target: "kế hoạch, mục tiêu", change: "mức tăng giảm", gap: "chênh lệch", norm: "định mức" }, doubts: { place: "chưa rõ địa bàn, hoặc câu chữ nêu địa bàn khác", period: "chưa rõ thời gian, hoặc câu chữ nêu thời gian khác", norm: "định mức chung, không phải số liệu của địa bàn", ahead: "ghi là đã đạt nhưng thời gian chưa kết thúc khi ban hành", change: "mức thay đổi không rõ tăng hay giảm", indicator: "tên chỉ tiêu nằm ở câu khác", number: "con số đọc được theo hai cách" },
    checks: { document: (e, s) => `cùng một văn bản nêu hai giá trị: ${e} và ${s}`, values: (e, s) => `các văn bản nêu khác nhau: ${e} và ${s}`, districts: (e, s) => `cộng các huyện được ${e}, lớn hơn số của tỉnh ${s}`, jump: (e, s) => `thay đổi từ mười lần trở lên giữa hai năm: ${e} và ${s}; có thể sai đơn vị` },
    left: n => `Trang này giữ những giá trị đầu tiên; còn ${n} giá trị không đưa vào để trình duyệt chạy được. Hãy lọc khi xuất (--indicator, --province, --year) hoặc dùng --format csv.`, leftApart: n => `${n} giá trị chưa chắc chắn khác không đưa vào trang này.`, copies: n => `${n} văn bản trùng nội dung chỉ tính một lần.`,
    apartNote: "Những giá trị dưới đây không nằm trong bảng so sánh, vì chưa chắc chắn về địa bàn, thời gian, loại số liệu hoặc con số. Không giá trị nào bị bỏ đi mà không nói.", pick: "Chọn chỉ tiêu", lines: "Mỗi dòng là", byPlace: "địa bàn (cột là năm)", byIndicator: "chỉ tiêu (cột là địa bàn)", now: "nay", before: "63 tỉnh, thành (đến 30/6/2025)", after: "34 tỉnh, thành (từ 1/7/2025)",
    nodata: "chưa có số liệu", off: n => `${n} giá trị thuộc bản đồ kia`, without: n => `${n} địa bàn không có giá trị của thời gian này: `, low: "thấp", high: "cao", chartPlace: (y, u) => `Theo địa bàn, ${y} (${u})`, chartYear: u => `Qua các năm (${u})`, others: n => `và ${n} địa bàn khác trong bảng`, several: n => `${n} giá trị`, empty: "Không tìm thấy giá trị nào của các chỉ tiêu trong danh mục. Lệnh baocao compare --unmatched liệt kê những tên chưa có trong danh mục.", edition: "phiên bản", sum: "tổng của", unitPick: "Đơn vị", menu: "Hiện bộ lọc", sorted: "Bấm vào giá trị để đọc câu gốc; bấm tên cột để sắp xếp.", exact: ""
  },
  en: {
    title: "Comparison of indicators", summary: (v, i, p, d) => `${v} values of ${i} indicators, ${p} places, ${d} documents`, find: "Find an indicator, place, document …", group: "Group of indicators", indicator: "Indicator",
    province: "Province (old or new name, with or without marks)", level: "Level", role: "Kind of figure", from: "From year", to: "To year", all: "All", parts: "Figures of parts too", differ: "Only figures that disagree",
    clear: "Clear all filters", filters: "Filters", rows: "List", pivot: "Pivot", map: "Map", apart: "Not certain", place: "Place", period: "Period", value: "Value", unit: "Unit", source: "Source",
    year: "Year", of: (n, m) => n === m ? `${n} values` : `${n} of ${m} values`, none: "No value matches the filters.", drop: "Drop a filter:", more: n => `Show more (${n} left)`, copy: "Copy table", copied: "Copied", print: "Print", close: "Close", part: "part",
    nparts: n => `${n} figures of parts`, open: "Open the document", table: "Table", row: "Row", column: "Column", page: "page", line: "line", issued: "issued", inferred: "The document names no period: its year of issue", frame: "Period of the whole document", newest: "newest", level_names: ["country", "province", "district", "commune", "unknown"],
    roles: { actual: "actual", target: "plan, target", change: "change", gap: "gap", norm: "norm" }, doubts: { place: "place not known, or its words tell of another", period: "time not known, or its words tell of another", norm: "a rule for all, no value of a place", ahead: "told as reached, but the time was not over when it was written", change: "a change, neither up nor down", indicator: "what it measures is told in another sentence", number: "the number may be read in two ways" },
    checks: { document: (e, s) => `one document states both ${e} and ${s}`, values: (e, s) => `documents differ: ${e} and ${s}`, districts: (e, s) => `the districts sum to ${e}, more than the province's ${s}`, jump: (e, s) => `a tenfold change between two years: ${e} and ${s}; a unit may be lost` },
    left: n => `This page holds the first values; ${n} more are left out so that a browser can hold it. Filter when writing it (--indicator, --province, --year) or use --format csv.`, leftApart: n => `${n} more uncertain values are left out of this page.`, copies: n => `${n} documents have the content of another and count once.`,
    apartNote: "These values stand in no row of the comparison, since place, time, kind or number are not certain. None is dropped without a word.", pick: "Choose an indicator", lines: "Lines are", byPlace: "places (columns are years)", byIndicator: "indicators (columns are places)", now: "now", before: "63 provinces (until 30/6/2025)", after: "34 provinces (since 1/7/2025)",
    nodata: "no value", off: n => `${n} values belong on the other map`, without: n => `${n} places have no value of this time: `, low: "low", high: "high", chartPlace: (y, u) => `By place, ${y} (${u})`, chartYear: u => `Over the years (${u})`, others: n => `and ${n} places more, in the table`, several: n => `${n} values`, empty: "No value was found for the catalogue's indicators. baocao compare --unmatched lists the names it does not know.", edition: "edition", sum: "sum of", unitPick: "Unit", menu: "Show filters", sorted: "Click a value to read its sentence; click a column's name to sort.", exact: ""
  }
};
const fold = s => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
const provinceKey = s => fold(s).replace(/^(tinh|thanh pho|tp\.?)\s+/, "").replace(/[\s-]+/g, " ").trim();
const el = (tag, attributes = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined && v !== false) { if (k === "on") for (const [n, f] of Object.entries(v)) e.addEventListener(n, f); else if (k === "style") e.style.cssText = v; else e.setAttribute(k, v === true ? "" : v); }
  e.append(...children.filter(c => c !== null && c !== undefined && c !== ""));
  return e;
};
const NS = "http://www.w3.org/2000/svg";
const svg = (tag, attributes = {}, ...children) => { const e = document.createElementNS(NS, tag); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); e.append(...children); return e; };
const vi = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
const short = v => { const a = Math.abs(v); return a >= 1e12 ? vi.format(+(v / 1e12).toPrecision(3)) + " nghìn tỷ" : a >= 1e9 ? vi.format(+(v / 1e9).toPrecision(3)) + " tỷ" : a >= 1e6 ? vi.format(+(v / 1e6).toPrecision(3)) + " tr" : vi.format(v); };
const shorten = (s, n) => s.length > n ? s.slice(0, n - 1) + "…" : s;

// --- rows with what they point to --------------------------------------------------------------------------------------
const yearOf = r => r.t < 0 ? null : +D.periods[r.t][1].slice(0, 4);
function prepare(list) {
  list.forEach((r, n) => { r.at = n; r.y = yearOf(r); r.I = D.indicators[r.i]; r.P = D.places[r.p]; });
  return list;
}
const all = prepare(D.rows), apart = prepare(D.apart);
const years = [...new Set(all.map(r => r.y).filter(y => y !== null))].sort((a, b) => a - b);
const placeText = D.places.map(p => fold(p.name + " " + p.now));
const indicatorText = D.indicators.map(i => fold(i.vi + " " + i.en + " " + i.id));
const docText = D.docs.map(d => fold(d.path + " " + d.id + " " + d.title));
const provinceNames = [...new Set(D.places.flatMap(p => [p.province, p.now]).filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));

// A province keeps its name over a merger, not its area: what was written since is of another unit. Eleven were not merged.
const same = new Set(TILES.same.map(provinceKey));
const isMerged = r => !same.has(provinceKey(r.P.province)) && r.P.level > 0 && (D.docs[r.src[0][0]].date || (r.t < 0 ? "" : D.periods[r.t][1])) >= TILES.merged;

// --- the view, as the address holds it -----------------------------------------------------------------------------------
const empty = { lang: "vi", view: "rows", q: "", g: "", i: "", p: "", l: "", y1: "", y2: "", r: "", parts: "", differ: "", year: "", t: "", by: "", area: "", u: "" };
let S = { ...empty };
function readAddress() { S = { ...empty }; for (const [k, v] of new URLSearchParams(location.hash.slice(1))) if (k in empty) S[k] = v; if (!words[S.lang]) S.lang = "vi"; }
function writeAddress() {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(S)) if (v && v !== empty[k]) p.set(k, v);
  const hash = p.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
}
const set = change => { Object.assign(S, change); limit = STEP; writeAddress(); draw(); };
const T = () => words[S.lang];
const nameOf = i => S.lang === "en" ? i.en : i.vi;
const listOf = s => s ? s.split(",") : [];

function takes(r, skip) {
  if (skip !== "g" && S.g && r.I.group !== S.g) return false;
  if (skip !== "i" && S.i && r.I.id !== S.i) return false;
  if (skip !== "l" && S.l && !listOf(S.l).includes(String(r.P.level))) return false;
  if (skip !== "r" && S.r && !listOf(S.r).includes(r.r)) return false;
  if (skip !== "p" && S.p) { const k = provinceKey(S.p); if (!(provinceKey(r.P.province).startsWith(k) || provinceKey(r.P.now).startsWith(k))) return false; }
  if (skip !== "y" && (S.y1 || S.y2)) { if (r.y === null) return false; const first = +D.periods[r.t][0].slice(0, 4); if (S.y1 && r.y < +S.y1 || S.y2 && first > +S.y2) return false; }
  if (S.differ && !r.c.length) return false;
  if (S.q) for (const w of fold(S.q).split(/\s+/)) if (w && !(indicatorText[r.i].includes(w) || placeText[r.p].includes(w) || fold(r.s).includes(w) || r.src.some(s => docText[s[0]].includes(w)))) return false;
  return true;
}

// --- facets ----------------------------------------------------------------------------------------------------------------
function count(list, key) { const m = new Map(); for (const r of list) m.set(key(r), (m.get(key(r)) || 0) + 1); return m; }
function options(select, list, chosen) { select.replaceChildren(el("option", { value: "" }, T().all), ...list.map(([v, t, n]) => el("option", { value: v }, n === undefined ? t : `${t} (${n})`))); select.value = chosen; }
function checks(box, key, list) {
  const chosen = listOf(S[key]);
  box.replaceChildren(...list.map(([v, t, n]) => el("label", {}, el("input", { type: "checkbox", value: v, checked: chosen.includes(v), on: { change: () => set({ [key]: [...box.querySelectorAll("input:checked")].map(e => e.value).join(",") }) } }), ` ${t} `, el("small", { class: "dim" }, String(n)))));
}
function drawFacets(base) {
  const t = T();
  document.documentElement.lang = S.lang;
  document.title = t.title + " · baocao";
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = t[e.dataset.t];
  for (const b of document.querySelectorAll("[data-lang]")) b.setAttribute("aria-pressed", b.dataset.lang === S.lang);
  $("q").placeholder = t.find; $("q").setAttribute("aria-label", t.find);
  if (document.activeElement !== $("q")) $("q").value = S.q;
  if (document.activeElement !== $("p")) $("p").value = S.p;
  const groups = count(base.filter(r => takes(r, "g")), r => r.I.group);
  options($("g"), D.groups.filter(g => groups.has(g[0]) || g[0] === S.g).map(g => [g[0], S.lang === "en" ? g[2] : g[1], groups.get(g[0]) || 0]), S.g);
  const inds = count(base.filter(r => takes(r, "i")), r => r.i);
  options($("i"), D.indicators.map((x, n) => [x.id, nameOf(x), inds.get(n) || 0]).filter(x => x[2] || x[0] === S.i), S.i);
  const levels = count(base.filter(r => takes(r, "l")), r => r.P.level);
  checks($("l"), "l", [0, 1, 2, 3, 4].filter(n => levels.has(n)).map(n => [String(n), t.level_names[n], levels.get(n)]));
  const roles = count(base.filter(r => takes(r, "r")), r => r.r);
  checks($("r"), "r", Object.keys(t.roles).filter(n => roles.has(n)).map(n => [n, t.roles[n], roles.get(n)]));
  for (const id of ["y1", "y2"]) options($(id), years.map(y => [String(y), String(y)]), S[id]);
  $("parts").checked = !!S.parts; $("differ").checked = !!S.differ;
  $("apart-n").textContent = apart.length ? ` ${apart.length}` : "";
  for (const b of document.querySelectorAll("[role=tab]")) { b.setAttribute("aria-selected", b.dataset.view === S.view); b.tabIndex = b.dataset.view === S.view ? 0 : -1; }
}

// --- a value and its sentence -------------------------------------------------------------------------------------------------
function sentence(s) {
  const text = D.sentences[s[3]], letters = [...text];
  const q = el("blockquote", { lang: "vi" });
  if (s[6] >= 0) {
    const [caption, row, column] = D.cells[s[6]];
    const dl = el("dl", { class: "cell" });
    for (const [k, v] of [[T().table, caption], [T().row, row], [T().column, column]]) if (v) dl.append(el("dt", {}, k), el("dd", {}, v));
    q.append(dl);
  }
  if (s[4] < 0) q.append(text); else q.append(letters.slice(0, s[4]).join(""), el("mark", {}, letters.slice(s[4], s[5]).join("")), letters.slice(s[5]).join(""));
  return q;
}
const dateOf = d => /^\d{4}-\d\d-\d\d$/.test(d) ? d.split("-").reverse().map(Number).join("/") : d.split("-").reverse().join("/");
function openValue(rows, back) {
  const t = T(), box = $("detail-body");
  box.replaceChildren();
  for (const r of rows) {
    const head = el("header", {}, el("h2", { lang: S.lang === "en" ? "en" : "vi" }, nameOf(r.I)), el("p", { class: "big", lang: "vi" }, r.v + (r.u ? " " : ""), el("span", { class: "dim" }, r.u)),
      el("p", { lang: "vi" }, place(r), " · ", periodOf(r), " · ", t.roles[r.r] || r.r));
    box.append(head);
    if (r.b === "issue") box.append(el("p", { class: "dim" }, t.inferred));
    if (r.sum) box.append(el("p", {}, t.sum + " " + r.sum));
    if (r.d) box.append(el("p", { class: "warn" }, t.doubts[r.d]));
    for (const c of r.c) box.append(el("p", { class: "warn" }, "⚠ " + t.checks[D.checks[c][0]](D.checks[c][1], D.checks[c][2])));
    for (const s of r.src) {
      const d = D.docs[s[0]];
      box.append(sentence(s), el("p", { class: "doc", lang: "vi" }, d.issuer ? d.issuer + " · " : "", d.id ? el("b", {}, d.id) : "", d.date ? `${d.id ? ", " : ""}${t.issued} ${dateOf(d.date)}` : "", d.title ? el("span", { class: "doc-title" }, d.title) : "",
        el("small", { class: "dim path" }, `${d.path}, ${t.page} ${s[1]}, ${t.line} ${s[2]}`), d.page ? el("a", { href: d.page + (S.lang === "en" ? "?en" : "") + "#" + s[7] }, t.open) : ""));
    }
  }
  $("detail").back = back;
  if (!$("detail").open) $("detail").showModal();
  $("detail").scrollTop = 0;
}
const place = r => { const p = r.P, old = p.province && p.now && p.province !== p.now ? ` (${T().now} ${p.now})` : ""; return (p.name || T().level_names[p.level]) + old + (r.s && r.part ? ` · ${r.s}` : ""); };
const periodOf = r => r.t < 0 ? "–" : D.periods[r.t][2];
function valueButton(rows, text) {
  const r = rows[0];
  return el("button", { class: "value", "aria-haspopup": "dialog", title: rows.flatMap(r => r.src).map(s => D.docs[s[0]].path).slice(0, 3).join("\n"), on: { click: e => openValue(rows, e.currentTarget) } }, text ?? r.v, rows.some(r => r.c.length) ? el("span", { class: "flag", "aria-label": "!" }, " ⚠") : "");
}

// --- list ----------------------------------------------------------------------------------------------------------------------
const STEP = 200;
let limit = STEP, sortBy = null, down = false;
const openParts = new Set();
const columns = ["place", "period", "role", "value", "unit", "source"];
const sortKey = { place: r => fold(place(r)), period: r => r.t < 0 ? "" : D.periods[r.t][1] + D.periods[r.t][0], role: r => r.r, value: r => r.n, unit: r => r.u, source: r => D.docs[r.src[0][0]].path };
function rowLine(r, doubtful) {
  const t = T(), s = r.src[0], d = D.docs[s[0]];
  return el("tr", { class: r.part ? "part" : null }, el("td", { lang: "vi" }, place(r), r.sum ? el("small", { class: "dim" }, ` = ${r.sum}`) : ""),
    el("td", {}, periodOf(r), r.b === "issue" ? el("abbr", { title: t.inferred, class: "dim" }, " ?") : ""),
    el("td", {}, el("span", { class: "role " + r.r }, t.roles[r.r] || r.r), doubtful ? el("small", { class: "doubt" }, " " + t.doubts[r.d]) : ""), el("td", { class: "num" }, valueButton([r])), el("td", { lang: "vi" }, r.u),
    el("td", { class: "source" }, el("span", { class: "path" }, d.id ? `${d.id} · ` : "", d.path), r.src.length > 1 ? ` +${r.src.length - 1}` : "", d.date ? el("small", { class: "dim" }, ` ${dateOf(d.date)}`) : ""));
}
function head() {
  return el("thead", {}, el("tr", {}, ...columns.map(c => el("th", { class: c === "value" ? "num" : null, scope: "col", "aria-sort": sortBy === c ? (down ? "descending" : "ascending") : null }, el("button", { on: { click: () => { if (sortBy === c) { if (down) { sortBy = null; down = false; } else down = true; } else { sortBy = c; down = false; } draw(); } } }, T()[c])))));
}
function sorted(list) {
  if (!sortBy) return list;
  const k = sortKey[sortBy];
  return [...list].sort((a, b) => { const x = k(a), y = k(b); if (x === y) return a.at - b.at; if (x === null || x === "") return 1; if (y === null || y === "") return -1; const o = typeof x === "number" ? x - y : x.localeCompare(y, "vi"); return down ? -o : o; });
}
function byIndicator(list) { const m = new Map(); for (const r of list) { if (!m.has(r.i)) m.set(r.i, []); m.get(r.i).push(r); } return [...m]; }
function title(i) { const x = D.indicators[i]; return el("header", {}, el("h2", { lang: S.lang }, nameOf(x)), el("p", { class: "dim" }, el("small", {}, `${S.lang === "en" ? x.vi : x.en} · `, el("code", {}, x.id), x.edition ? ` · ${x.edition}` : ""))); }
function drawRows(list, doubtful) {
  const out = [];
  let left = limit, hidden = 0;
  for (const [i, rows] of byIndicator(list)) {
    const wholes = rows.filter(r => !r.part), parts = rows.filter(r => r.part);
    const folded = !doubtful && !S.parts && wholes.length && !openParts.has(i);
    const shown = sorted(folded ? wholes : rows);
    if (left <= 0) { hidden += shown.length; continue; }
    const some = shown.slice(0, left);
    hidden += shown.length - some.length;
    left -= some.length;
    const section = el("section", { id: "s-" + D.indicators[i].id }, title(i));
    if (!doubtful) { const c = charts(wholes.length ? wholes : rows); if (c) section.append(c); }
    section.append(el("div", { class: "wrap" }, el("table", {}, head(), el("tbody", {}, ...some.map(r => rowLine(r, doubtful))))));
    if (folded && parts.length) section.append(el("p", {}, el("button", { on: { click: () => { openParts.add(i); draw(); } } }, "▸ " + T().nparts(parts.length))));
    out.push(section);
  }
  if (hidden) out.push(el("p", {}, el("button", { class: "more", on: { click: () => { limit += 5 * STEP; draw(); } } }, T().more(hidden))));
  return out;
}

// --- small charts ----------------------------------------------------------------------------------------------------------------
// What is drawn together is of one role, one unit and no part; a line joins points of one area alone.
function series(rows) {
  const sizes = count(rows.filter(r => r.n !== null && r.y !== null), r => `${r.r}|${r.k === "rank"}|${r.nu}`);
  let best = null;
  for (const [k, n] of sizes) { const a = /^(actual|change)/.test(k); if (!best || (a && !best.a) || (a === best.a && n > best.n)) best = { k, n, a }; }
  if (!best) return null;
  return { unit: best.k.split("|")[2], points: rows.filter(r => r.n !== null && r.y !== null && r.P.name !== "" && `${r.r}|${r.k === "rank"}|${r.nu}` === best.k) };
}
// Periods by their end, the longer of two behind.
const byTime = (a, b) => { const [x, y] = [D.periods[a], D.periods[b]]; return x[1].localeCompare(y[1]) || y[0].localeCompare(x[0]); };
const wholeYear = r => { const [a, b] = D.periods[r.t]; return a.slice(0, 4) === b.slice(0, 4); };
function charts(rows) {
  const s = series(rows);
  if (!s || s.points.length < 2) return null;
  const box = el("div", { class: "charts" }), a = chartPlace(s), b = chartYear(s);
  if (a) box.append(a);
  if (b) box.append(b);
  return a || b ? box : null;
}
function chartPlace(s) {
  const t = T(), single = s.points.filter(wholeYear), by = new Map();
  for (const r of single) { if (!by.has(r.t)) by.set(r.t, new Map()); const m = by.get(r.t), k = r.p; if (!m.has(k)) m.set(k, []); m.get(k).push(r); }
  const found = [...by.keys()].sort(byTime);
  if (!found.length) return null;
  // The period that most places have, the latest of these; the reader chooses another.
  let chosen = found.reduce((best, t) => by.get(t).size >= by.get(best).size ? t : best, found[0]);
  if ([...by.values()].every(m => m.size < 2)) return null;
  const figure = el("figure", {}), all = new Set(single.map(r => r.p));
  const render = () => {
    const rows = [...by.get(chosen)].map(([p, list]) => ({ p, list, top: Math.max(...list.map(r => r.n)) })).sort((a, b) => b.top - a.top || a.p - b.p);
    const MOST = 20, some = rows.slice(0, MOST), high = Math.max(0, ...some.map(x => x.top)), low = Math.min(0, ...some.flatMap(x => x.list.map(r => r.n))), w = 480, left = 150, right = 380;
    const x = v => left + (v - low) / (high - low || 1) * (right - left);
    const g = svg("svg", { viewBox: `0 0 ${w} ${some.length * 20 + 8}`, role: "img", "aria-label": t.chartPlace(D.periods[chosen][2], s.unit) });
    some.forEach((row, n) => {
      const y = n * 20 + 12, name = D.places[row.p].name;
      g.append(svg("text", { x: left - 8, y: y + 4, class: "end" }, shorten(name, 22)), svg("line", { x1: x(0), x2: x(row.top), y1: y, y2: y, class: "bar" }));
      for (const r of row.list) g.append(svg("circle", { cx: x(r.n), cy: y, r: 4, class: "dot" }));
      const shown = [...new Set(row.list.map(r => r.v))];
      g.append(svg("text", { x: right + 8, y: y + 4 }, shown.length > 1 ? t.several(shown.length) : shorten(shown[0], 14)));
    });
    const pick = el("select", { "aria-label": t.period, on: { change: e => { chosen = +e.target.value; render(); } } }, ...found.map(n => el("option", { value: n, selected: n === chosen }, D.periods[n][2])));
    const none = [...all].filter(p => !by.get(chosen).has(p)).map(p => D.places[p].name);
    figure.replaceChildren(el("figcaption", {}, t.chartPlace("", s.unit).replace("  ", " "), " ", pick), g, rows.length > MOST ? el("p", { class: "dim" }, t.others(rows.length - MOST)) : "", none.length ? el("p", { class: "dim", lang: "vi" }, t.without(none.length) + shorten(none.join(", "), 160)) : "");
  };
  render();
  return figure;
}
function chartYear(s) {
  const points = s.points.filter(wholeYear), ys = points.map(r => r.y), first = Math.min(...ys), last = Math.max(...ys);
  if (points.length < 2 || first === last || last - first > 60) return null;
  const lines = new Map();
  for (const r of points) { const k = `${r.P.name}|${r.P.area}|${r.P.now}|${isMerged(r)}|${D.periods[r.t].slice(0, 2).map(d => d.slice(5)).join()}`; if (!lines.has(k)) lines.set(k, []); lines.get(k).push(r); }
  const vs = points.map(r => r.n), pad = (Math.max(...vs) - Math.min(...vs)) * 0.1 || Math.abs(vs[0]) * 0.05 || 1;
  let low = Math.min(...vs) - pad, high = Math.max(...vs) + pad;
  if (Math.min(...vs) >= 0) low = Math.max(0, low);
  if (s.unit === "%" && Math.max(...vs) <= 100) high = Math.min(100, high);
  const w = 440, h = 200, l = 70, rr = 425, top = 12, b = 172, x = y => l + (y - first) / (last - first) * (rr - l), y = v => b - (v - low) / (high - low || 1) * (b - top);
  const g = svg("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": T().chartYear(s.unit) });
  for (let n = 0; n < 4; n++) { const v = low + (high - low) * n / 3; g.append(svg("line", { x1: l, x2: rr, y1: y(v), y2: y(v), class: "grid" }), svg("text", { x: l - 6, y: y(v) + 4, class: "end dimt" }, short(+v.toPrecision(3)))); }
  const step = Math.max(1, Math.ceil((last - first) / 8));
  for (let n = first; n <= last; n += step) g.append(svg("text", { x: x(n), y: b + 18, class: "mid dimt" }, String(n)));
  const many = lines.size > 8, legend = el("p", { class: "legend", lang: "vi" });
  let n = 0;
  for (const list of lines.values()) {
    list.sort((p, q) => p.y - q.y || p.n - q.n);
    const c = many ? "many" : "c" + n++;
    // Where a year has several values all stand as dots, and nothing is joined.
    if (list.length > 1 && list.every((r, k) => !k || list[k - 1].y !== r.y || list[k - 1].n === r.n)) g.append(svg("polyline", { points: list.map(r => `${x(r.y)},${y(r.n)}`).join(" "), class: "line " + c }));
    for (const r of list) g.append(svg("circle", { cx: x(r.y), cy: y(r.n), r: 3.5, class: "dot " + c }, svg("title", {}, `${place(r)} ${r.y}: ${r.v}`)));
    if (!many) legend.append(el("span", { class: "key " + c }, list[0].P.name + (periodOf(list[0]) === String(list[0].y) ? "" : ` (${periodOf(list[0])} …)`)));
  }
  return el("figure", {}, el("figcaption", {}, T().chartYear(s.unit)), g, !many && lines.size > 1 ? legend : "");
}

// --- pivot -------------------------------------------------------------------------------------------------------------------------
function drawPivot(list) {
  const t = T(), whole = S.parts ? list : list.filter(r => !r.part), by = S.by || (S.i ? "place" : "indicator");
  const out = [];
  const bar = el("div", { class: "tools" }, el("label", {}, t.lines + " ", el("select", { id: "by", on: { change: e => set({ by: e.target.value }) } }, el("option", { value: "place", selected: by === "place" }, t.byPlace), el("option", { value: "indicator", selected: by === "indicator" }, t.byIndicator))));
  out.push(bar);
  let rows = whole, lineKey, lineName, colKey, colName, cols;
  if (by === "place") {
    const found = byIndicator(whole).map(([i]) => i);
    const i = found.find(n => D.indicators[n].id === S.i) ?? found.reduce((best, n) => best === null || whole.filter(r => r.i === n).length > whole.filter(r => r.i === best).length ? n : best, null);
    if (i === null) return [bar, el("p", { class: "note" }, t.none)];
    bar.append(pickIndicator(found, i));
    rows = whole.filter(r => r.i === i && r.y !== null);
    out.push(title(i));
    lineKey = r => `${r.P.level}|${r.p}|${r.r}|${r.u}|${S.parts ? r.s : ""}`; lineName = r => [place(r), t.roles[r.r] || r.r, r.u]; colKey = r => r.y; colName = y => String(y);
  } else {
    const found = [...new Set(whole.map(r => r.y).filter(y => y !== null))].sort((a, b) => b - a);
    const year = found.includes(+S.year) ? +S.year : found.reduce((best, y) => best === null || whole.filter(r => r.y === y).length > whole.filter(r => r.y === best).length ? y : best, null);
    if (year === null) return [bar, el("p", { class: "note" }, t.none)];
    bar.append(el("label", {}, t.year + " ", el("select", { on: { change: e => set({ year: e.target.value }) } }, ...found.map(y => el("option", { value: y, selected: y === year }, String(y))))));
    rows = whole.filter(r => r.y === year);
    lineKey = r => `${r.i}|${r.r}|${r.u}|${S.parts ? r.s : ""}`; lineName = r => [nameOf(r.I) + (S.parts && r.part ? ` · ${r.s}` : ""), t.roles[r.r] || r.r, r.u]; colKey = r => r.p; colName = p => D.places[p].name || t.level_names[4];
  }
  cols = [...new Set(rows.map(colKey))];
  if (by === "place") cols.sort((a, b) => a - b); else cols.sort((a, b) => D.places[a].level - D.places[b].level || D.places[a].name.localeCompare(D.places[b].name, "vi"));
  const MOST = 60, over = Math.max(0, cols.length - MOST);
  cols = cols.slice(0, MOST);
  const lines = new Map();
  for (const r of rows) { const k = lineKey(r); if (!lines.has(k)) lines.set(k, { name: lineName(r), cells: new Map() }); const c = lines.get(k).cells, n = colKey(r); if (!c.has(n)) c.set(n, []); c.get(n).push(r); }
  const table = el("table", { class: "pivot", id: "pivot" }, el("thead", {}, el("tr", {}, ...[by === "place" ? t.place : t.indicator, t.role, t.unit].map(n => el("th", { scope: "col" }, n)), ...cols.map(c => el("th", { scope: "col", class: "num" }, colName(c))))));
  const body = el("tbody", {});
  let n = 0;
  for (const line of lines.values()) {
    if (n++ >= limit) break;
    body.append(el("tr", {}, el("th", { scope: "row", lang: "vi" }, line.name[0]), el("td", {}, line.name[1]), el("td", { lang: "vi" }, line.name[2]), ...cols.map(c => {
      const td = el("td", { class: "num" }), groups = new Map();
      for (const r of line.cells.get(c) || []) { const k = r.v + "|" + (by === "place" && !wholeYear(r) ? periodOf(r) : periodOf(r)); if (!groups.has(k)) groups.set(k, []); groups.get(k).push(r); }
      // Newest first; what is no whole year says so.
      for (const g of groups.values()) td.append(el("div", {}, valueButton(g), periodOf(g[0]) !== String(g[0].y) ? el("small", { class: "dim" }, " " + periodOf(g[0])) : ""));
      return td;
    })));
  }
  table.append(body);
  out.push(el("div", { class: "wrap" }, table));
  if (over) out.push(el("p", { class: "dim" }, t.others(over)));
  if (lines.size > limit) out.push(el("p", {}, el("button", { class: "more", on: { click: () => { limit += 5 * STEP; draw(); } } }, t.more(lines.size - limit))));
  return out;
}
function pickIndicator(found, i) {
  return el("label", {}, T().indicator + " ", el("select", { class: "wide", on: { change: e => set({ i: e.target.value, u: "" }) } }, ...found.map(n => el("option", { value: D.indicators[n].id, selected: n === i }, nameOf(D.indicators[n])))));
}

// --- map of tiles ------------------------------------------------------------------------------------------------------------------
function drawMap(list) {
  const t = T(), rows = list.filter(r => r.P.level === 1 && !r.part && r.n !== null && r.y !== null && wholeYear(r));
  const found = byIndicator(rows).map(([i, l]) => [i, new Set(l.map(r => r.p)).size]).sort((a, b) => b[1] - a[1]).map(x => x[0]);
  const i = found.find(n => D.indicators[n].id === S.i) ?? found[0];
  if (i === undefined) return [el("p", { class: "note" }, t.none)];
  const mine = rows.filter(r => r.i === i), roles = [...count(mine, r => `${r.r}|${r.nu}`)].sort((a, b) => /^(actual|change)/.test(b[0]) - /^(actual|change)/.test(a[0]) || b[1] - a[1]).map(x => x[0]);
  const kind = roles.includes(S.u) ? S.u : roles[0], of = mine.filter(r => `${r.r}|${r.nu}` === kind);
  const ys = [...new Set(of.map(r => r.y))].sort((a, b) => a - b);
  const year = ys.includes(+S.year) ? +S.year : ys.reduce((best, y) => of.filter(r => r.y === y).length >= of.filter(r => r.y === best).length ? y : best, ys[0]);
  // Of one year half a year and the whole are two maps: the one that most places have, or the one that the reader chooses.
  const times = [...count(of.filter(r => r.y === year), r => r.t)].sort((a, b) => b[1] - a[1] || byTime(b[0], a[0])).map(x => x[0]);
  const time = times.find(n => D.periods[n].slice(0, 2).join("/") === S.t) ?? times[0];
  const now = of.filter(r => r.t === time), area = S.area || (now.filter(isMerged).length * 2 > now.length ? "34" : "63");
  const at = new Map();
  for (const r of now) { const k = provinceKey(r.P.province); if (!at.has(k)) at.set(k, []); at.get(k).push(r); }
  const vs = now.map(r => r.n), low = Math.min(...vs), high = Math.max(...vs), [role, unit] = kind.split("|");
  const index = ys.indexOf(year), label = D.periods[time][2];
  const go = n => set({ t: "", year: String(ys[Math.max(0, Math.min(ys.length - 1, n))]) });
  const bar = el("div", { class: "tools" }, pickIndicator(found, i), roles.length > 1 ? el("label", {}, t.role + " ", el("select", { on: { change: e => set({ u: e.target.value }) } }, ...roles.map(k => el("option", { value: k, selected: k === kind }, `${t.roles[k.split("|")[0]]} · ${k.split("|")[1]}`)))) : "",
    times.length > 1 ? el("label", {}, t.period + " ", el("select", { id: "time", on: { change: e => set({ year: String(year), t: e.target.value }) } }, ...times.map(n => el("option", { value: D.periods[n].slice(0, 2).join("/"), selected: n === time }, D.periods[n][2])))) : "",
    el("label", {}, el("select", { id: "area", on: { change: e => set({ area: e.target.value }) } }, el("option", { value: "63", selected: area === "63" }, t.before), el("option", { value: "34", selected: area === "34" }, t.after))));
  const slider = el("label", { class: "slider" }, t.year + " ", el("input", { type: "range", id: "slider", min: 0, max: ys.length - 1, value: index, "aria-valuetext": year, on: { change: e => go(+e.target.value), input: e => { $("slider-year").textContent = ys[+e.target.value]; } } }), el("output", { id: "slider-year" }, String(year)));
  const W = 92, H = 44, tiles = TILES[area], wide = Math.max(...tiles.map(x => x[1])) + 1, tall = Math.max(...tiles.map(x => x[2])) + 1;
  const g = svg("svg", { viewBox: `0 0 ${wide * W} ${tall * H}`, class: "map", role: "group", "aria-label": `${nameOf(D.indicators[i])}, ${label}` });
  const lacking = [];
  const used = new Set();
  for (const [name, x, y, ...other] of tiles) {
    const keys = [name, ...other].map(provinceKey);
    // A province of today has no value where only its parts of old have one, nor one of old where only its successor has.
    const hit = keys.flatMap(k => at.get(k) || []).filter(r => same.has(provinceKey(r.P.province)) || isMerged(r) === (area === "34"));
    hit.forEach(r => used.add(r));
    if (!hit.length) lacking.push(name);
    const share = hit.length ? (high > low ? (hit[0].n - low) / (high - low) : 1) : 0;
    const tile = svg("g", { class: "tile" + (hit.length ? " has q" + Math.round(share * 4) : ""), transform: `translate(${x * W} ${y * H})`, ...(hit.length ? { tabindex: 0, role: "button" } : {}) },
      svg("rect", { width: W - 4, height: H - 4, rx: 4 }), svg("text", { x: 6, y: 16 }, shorten(name, 13)), svg("text", { x: 6, y: 33, class: "v" }, hit.length ? shorten(hit[0].n >= 1e6 || hit[0].k === "ratio" ? short(hit[0].n) : hit[0].v, 13) + (hit.length > 1 ? " +" + (hit.length - 1) : "") : "–"), svg("title", {}, `${name}: ${hit.length ? [...new Set(hit.map(r => r.v))].join("; ") + " " + unit : t.nodata}`));
    if (hit.length) { tile.addEventListener("click", () => openValue(hit, tile)); tile.addEventListener("keydown", e => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); openValue(hit, tile); } }); }
    g.append(tile);
  }
  const off = now.filter(r => !used.has(r)).length;
  const legend = el("p", { class: "scale" }, el("span", {}, `${t.low} ${short(low)}`), ...[0, 1, 2, 3, 4].map(n => el("i", { class: "q" + n })), el("span", {}, `${t.high} ${short(high)} ${unit}`));
  return [bar, title(i), el("p", { class: "dim" }, `${t.roles[role] || role}, ${label} · ${t.of(now.length, of.length)} · ${lacking.length} ${t.nodata}` + (off ? ` · ${t.off(off)}` : "")), ys.length > 1 ? slider : "", legend, el("div", { class: "map-wrap" }, g), lacking.length ? el("details", {}, el("summary", {}, t.without(lacking.length)), el("p", { lang: "vi" }, lacking.join(", "))) : ""];
}

// --- the page ------------------------------------------------------------------------------------------------------------------------
function draw() {
  const t = T(), doubtful = S.view === "apart", base = doubtful ? apart : all;
  drawFacets(base);
  const list = base.filter(r => takes(r));
  $("summary").textContent = t.summary(all.length, D.indicators.length, new Set(all.map(r => r.P.name)).size, D.docs.length);
  $("count").textContent = t.of(list.length, base.length);
  const notes = [];
  if (D.left_out) notes.push(t.left(D.left_out));
  if (D.copies) notes.push(t.copies(D.copies));
  if (doubtful) { notes.push(t.apartNote); if (D.left_apart) notes.push(t.leftApart(D.left_apart)); }
  const out = notes.map(n => el("p", { class: "note" }, n));
  if (!all.length && !doubtful) out.push(el("p", { class: "note" }, t.empty));
  else if (!list.length) out.push(el("div", { class: "note" }, el("p", {}, t.none), ...suggest(base)));
  else if (S.view === "pivot") out.push(...drawPivot(list));
  else if (S.view === "map") out.push(...drawMap(list));
  else out.push(el("p", { class: "dim" }, t.sorted), ...drawRows(list, doubtful));
  $("main").replaceChildren(...out);
}
function suggest(base) {
  const t = T(), names = { q: t.filters, g: t.group, i: t.indicator, p: t.place, l: t.level, r: t.role, y: t.year, differ: t.differ };
  const out = [];
  for (const k of ["q", "g", "i", "p", "l", "r", "y", "differ"]) {
    const change = k === "y" ? { y1: "", y2: "" } : { [k]: "" };
    if (!Object.keys(change).some(n => S[n])) continue;
    const kept = { ...S };
    Object.assign(S, change);
    const n = base.filter(r => takes(r)).length;
    S = kept;
    if (n) out.push(el("button", { on: { click: () => set(change) } }, `${t.drop} ${names[k]} (${n})`), " ");
  }
  return out;
}
function copyTable() {
  const rows = [...$("main").querySelectorAll("table tr")].map(tr => [...tr.cells].map(td => td.innerText.replace(/[\t\n]+/g, "; ").replace(/ ⚠/g, "").trim()).join("\t")).join("\n");
  const done = () => { $("copy").textContent = T().copied; setTimeout(() => { $("copy").textContent = T().copy; }, 1500); };
  const fallback = () => { const a = el("textarea", {}); a.value = rows; document.body.append(a); a.select(); document.execCommand("copy"); a.remove(); done(); };
  if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(rows).then(done, fallback); else fallback();
}
let timer;
for (const id of ["q", "p"]) $(id).addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => set({ [id]: $(id).value }), 150); });
for (const id of ["g", "i", "y1", "y2"]) $(id).addEventListener("change", () => set({ [id]: $(id).value, ...(id === "g" ? { i: "" } : {}) }));
for (const id of ["parts", "differ"]) $(id).addEventListener("change", () => set({ [id]: $(id).checked ? "1" : "" }));
$("clear").addEventListener("click", () => set({ ...empty, lang: S.lang, view: S.view }));
$("copy").addEventListener("click", copyTable);
$("print").addEventListener("click", () => print());
$("menu").addEventListener("click", () => { const open = document.body.classList.toggle("facets-open"); $("menu").setAttribute("aria-expanded", open); });
for (const b of document.querySelectorAll("[data-lang]")) b.addEventListener("click", () => set({ lang: b.dataset.lang }));
const tabs = [...document.querySelectorAll("[role=tab]")];
tabs.forEach((b, n) => { b.addEventListener("click", () => set({ view: b.dataset.view })); b.addEventListener("keydown", e => { const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key]; if (step) { const next = tabs[(n + step + tabs.length) % tabs.length]; next.focus(); set({ view: next.dataset.view }); } }); });
$("detail-close").addEventListener("click", () => $("detail").close());
$("detail").addEventListener("click", e => { if (e.target === $("detail")) $("detail").close(); });
$("detail").addEventListener("close", () => { const b = $("detail").back; if (b && b.isConnected) b.focus(); });
addEventListener("hashchange", () => { readAddress(); limit = STEP; draw(); });
addEventListener("beforeprint", () => { limit = 1e6; draw(); });
for (const name of provinceNames) $("provinces").append(el("option", { value: name }));
readAddress();
draw();
