/* What the page does better with a script, and only that: completing while typing, narrowing without a reload, copying.
   Without it every link and form still works. Nothing is built from strings of HTML but whole pages of this site. */

"use strict";

const root = document.documentElement.dataset.root;  // "/", or the prefix of the site with a slash
const main = () => document.getElementById("inhoud");
const report = text => { document.getElementById("melding").textContent = text; };

/* Narrowing in place: a search is fetched as the page it is, and its content takes the place of ours. */

let latest = 0;
let shown = location.search;

/* The address decides: it changes at once, and what arrives for an earlier one is dropped. */
async function show(address, { remember, focus }) {
  const turn = ++latest;
  if (remember) history.pushState(null, "", address);
  document.body.classList.add("busy");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== latest) return;
    const same = new URL(response.url).pathname === root && fresh.querySelector("main")
      && fresh.body.classList[0] === document.body.classList[0];
    if (!same) { location.replace(response.url); return; }
    history.replaceState(null, "", response.url);
    shown = location.search;
    replace(fresh, focus);
  } catch {
    if (turn === latest) location.replace(address);
  } finally {
    if (turn === latest) document.body.classList.remove("busy");
  }
}

const ofSearch = "link[rel=alternate], link[rel=prev], link[rel=next], meta[name=robots]";

function replace(fresh, focus) {
  document.title = fresh.title;
  for (const old of document.head.querySelectorAll(ofSearch)) old.remove();
  document.head.append(...fresh.head.querySelectorAll(ofSearch));
  main().replaceWith(fresh.querySelector("main"));
  for (const old of document.querySelectorAll("#zoek > input[type=hidden]")) old.remove();
  document.getElementById("zoek").append(...fresh.querySelectorAll("#zoek > input[type=hidden]"));
  document.getElementById("taal").href = fresh.getElementById("taal").href;
  document.getElementById("q").value = fresh.getElementById("q").value;
  const heading = document.getElementById("kop");
  report(heading ? heading.textContent.trim() : "");
  const target = focus && focus();
  if (target?.checkVisibility()) target.focus({ preventScroll: true });
  else if (heading) { heading.focus({ preventScroll: true }); scrollTo(0, 0); }
}

/* After a filter the focus stays where it was: on the same value, or else on the heading of its list. */
function samePlace(link) {
  const list = link.closest("section[aria-labelledby]");
  const label = link.querySelector("span")?.textContent;
  if (!list || !label || !link.closest(".values")) return null;
  const name = list.getAttribute("aria-labelledby");
  return () => {
    const block = document.getElementById(name)?.closest("section");
    return [...block?.querySelectorAll(".values a") ?? []].find(one => one.querySelector("span").textContent === label);
  };
}

const inPlace = link => document.body.classList.contains("results") && link.origin === location.origin && link.pathname === root
  && link.search && !link.hash && !link.hasAttribute("download") && !/[?&]format=/.test(link.search) && link.closest("main");

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!inPlace(link)) return;
  event.preventDefault();
  show(link.href, { remember: true, focus: samePlace(link) });
});

document.addEventListener("submit", event => {
  if (event.target.id !== "zoek") return;
  event.preventDefault();
  const fields = [...new FormData(event.target)].filter(([, value]) => value.trim());
  const address = root + "?" + new URLSearchParams(fields);
  if (document.body.classList.contains("results")) show(address, { remember: true });
  else location.assign(fields.length ? address : root);
});

addEventListener("popstate", () => {
  if (!document.body.classList.contains("results")) return;
  if (location.search !== shown) show(location.href, { remember: false });
  else { latest++; document.body.classList.remove("busy"); }  // what is still on its way is another search
});

/* A menu closes on a click elsewhere and on Escape. */
const closeMenus = except => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", event => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

/* Copying a citation. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    report(button.dataset.copied);
    button.textContent = button.dataset.copied;
  });
}

/* Completing while typing: the combobox of the ARIA practices, with a list of options under the box. */
const input = document.getElementById("q");
const options = document.createElement("ul");
options.id = "suggesties";
options.className = "options";
options.hidden = true;
options.setAttribute("role", "listbox");
options.setAttribute("aria-label", input?.form.dataset.suggestions ?? "");

let chosen = -1;
let timer = 0;
let asked = "";

function close() {
  options.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const all = [...options.children];
  chosen = (place + all.length + 1) % (all.length + 1);
  if (chosen === all.length) chosen = -1;
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  if (chosen < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", all[chosen].id);
}

function option(text, about, address, place) {
  const item = document.createElement("li");
  item.id = "suggestie-" + place;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.address = address;
  const name = document.createElement("span");
  name.textContent = text;
  const kind = document.createElement("small");
  kind.textContent = about;
  item.append(name, " ", kind);
  return item;
}

/* The filters in force: what is suggested is counted under them, and leads to questions that pass them. */
const filters = () => [...new FormData(input.form)].filter(([name, value]) => name !== "q" && value);

async function suggest() {
  const typed = asked = input.value.trim();
  if (typed.length < 2) return close();
  try {
    const response = await fetch(root + "suggesties?" + new URLSearchParams([["q", typed], ...filters()]));
    const [, texts, kinds, addresses, pages] = await response.json();
    if (typed !== asked || document.activeElement !== input) return;
    const rows = [...texts.map((text, at) => [text, kinds[at], addresses[at]]), ...pages];
    options.replaceChildren(...rows.map((row, at) => option(...row, at)));
    chosen = -1;
    options.hidden = !texts.length;
    input.setAttribute("aria-expanded", String(texts.length > 0));
    input.removeAttribute("aria-activedescendant");
  } catch { close(); }
}

function follow(item) {
  const target = new URL(item.dataset.address);
  close();
  asked = "";
  if (document.body.classList.contains("results") && target.pathname === root) show(target.pathname + target.search, { remember: true });
  else location.assign(target.pathname + target.search);
}

if (input) {
  input.form.append(options);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", options.id], ["aria-autocomplete", "list"]])
    input.setAttribute(name, value);
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 90); });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", () => { asked = ""; clearTimeout(timer); close(); });
  input.addEventListener("keydown", event => {
    if (options.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); follow(options.children[chosen]); }
  });
  options.addEventListener("mousedown", event => event.preventDefault());
  options.addEventListener("click", event => {
    const item = event.target.closest("li");
    if (item) follow(item);
  });
}
