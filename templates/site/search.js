// Search over window.searchIndex: [title, name, verb, address, fields] of each page.
"use strict";
const root = document.currentScript.dataset.root;
const box = document.getElementById("site.search");
const results = document.getElementById("site.results");
box.parentElement.hidden = false;

function score([title, name, verb, , fields], words) {
  let total = verb ? 3 : 0;
  if (title.toLowerCase() === words.join(" ") || name.toLowerCase().endsWith(`.${words.join("_")}`)) total += 10;
  for (const word of words) {
    const at = title.toLowerCase().indexOf(word);
    if (at === 0) total += 6;
    else if (at > 0) total += 4;
    else if (name.toLowerCase().includes(word)) total += 3;
    else if (` ${fields.toLowerCase()} `.includes(` ${word} `)) total += 2;
    else if (fields.toLowerCase().includes(word)) total += 1;
    else return 0;
  }
  return total;
}

function shown(row, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const small = document.createElement("small");
  const field = row[4].split(" ").find((each) => words.some((word) => each.toLowerCase().includes(word)));
  const named = words.every((word) => `${row[0]} ${row[1]}`.toLowerCase().includes(word));
  link.href = root + row[3] + (field && !named ? `#${encodeURIComponent(field)}` : "");
  link.textContent = row[0];
  if (row[2]) {
    const verb = document.createElement("b");
    verb.className = `verb ${row[2].toLowerCase()}`;
    verb.textContent = row[2];
    small.append(verb, " ");
  }
  small.append(field && !named ? `${row[1]}, field ${field}` : row[1]);
  link.append(small);
  item.append(link);
  return item;
}

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length
    ? window.searchIndex.map((row) => [score(row, words), row]).filter(([points]) => points)
    : [];
  found.sort((left, right) => right[0] - left[0] || left[1][0].length - right[1][0].length);
  const items = found.slice(0, 30).map(([, row]) => shown(row, words));
  if (words.length && !items.length) {
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.textContent = "Nothing found";
    item.append(text);
    items.push(item);
  }
  results.replaceChildren(...items);
  results.hidden = !words.length;
}

function links() {
  return [...results.querySelectorAll("a")];
}

box.addEventListener("input", search);
box.parentElement.addEventListener("keydown", (event) => {
  const all = links();
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && all.length) (all[at + 1] || all[0]).focus();
  else if (event.key === "ArrowUp" && at >= 0) (at ? all[at - 1] : box).focus();
  else if (event.key === "Enter" && at < 0 && all.length) all[0].click();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape" && box.parentElement.contains(document.activeElement)) {
    box.value = "";
    search();
    box.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!box.parentElement.contains(event.target)) results.hidden = true;
});
