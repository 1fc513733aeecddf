// Tabs, the choice of an example and the copy button; without this script all of it is shown.
"use strict";
document.documentElement.classList.add("scripted");

function button(text, role) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (role) made.setAttribute("role", role);
  return made;
}

function remembered(key, value) {
  // A page that is opened from a file may have no storage.
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

document.querySelectorAll(".tabs").forEach((tabs, number) => {
  const panels = [...tabs.querySelectorAll(".tab")];
  const bar = document.createElement("div");
  const list = document.createElement("div");
  bar.className = "bar";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Code");
  const show = (chosen, focus) => {
    panels.forEach((panel, index) => {
      const tab = list.children[index];
      panel.hidden = index !== chosen;
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      if (focus && index === chosen) tab.focus();
    });
  };
  panels.forEach((panel, index) => {
    const tab = button(panel.dataset.label, "tab");
    tab.id = `site.tab-${number}-${index}`;
    panel.id = `site.panel-${number}-${index}`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => {
      show(index);
      remembered("tab", panel.dataset.label);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show((index + step + panels.length) % panels.length, true);
    });
    list.append(tab);
  });
  const copy = button("Copy");
  copy.className = "copy";
  copy.addEventListener("click", async () => {
    const code = panels.find((each) => !each.hidden).querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      copy.textContent = "Press Ctrl+C";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  });
  bar.append(list, copy);
  tabs.prepend(bar);
  tabs.classList.add("tabbed");
  const kept = panels.findIndex((each) => each.dataset.label === remembered("tab"));
  show(Math.max(0, kept));
});

const examples = [...document.querySelectorAll(".example")];
if (examples.length > 1) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  label.className = "chooser";
  label.textContent = "Example ";
  for (const each of examples) select.append(new Option(each.dataset.name));
  const choose = () => {
    examples.forEach((each, index) => { each.hidden = index !== select.selectedIndex; });
  };
  select.addEventListener("change", choose);
  label.append(select);
  examples[0].before(label);
  choose();
}

// A link to a field inside a closed list opens it; one of a later sheet of the page leads there.
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  let found = id ? document.getElementById(id) : null;
  const later = document.querySelector('.sheets [aria-current="page"] + a');
  if (id && !found && later) location.replace(later.href + location.hash);
  for (; found; found = found.parentElement) if (found.tagName === "DETAILS") found.open = true;
  const menu = document.querySelector(".menu");
  const current = menu.querySelector('[aria-current="page"]');
  if (current) menu.scrollTop = current.offsetTop - menu.clientHeight / 2;
}
addEventListener("hashchange", reveal);
reveal();

// Escape closes the menu that covers the page of a phone.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#site.menu") location.hash = "#site.content";
});
