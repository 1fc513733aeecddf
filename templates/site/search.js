// Search over window.searchIndex: [title, name, verb, address, fields] of each page.
"use strict";
const root = document.currentScript.dataset.root;
const box = document.getElementById("search");
const results = document.getElementById("results");
box.parentElement.hidden = false;

function score([title, name, , , fields], words) {
  let total = 0;
  for (const word of words) {
    if (title.toLowerCase().includes(word)) total += 3;
    else if (name.toLowerCase().includes(word)) total += 2;
    else if (fields.toLowerCase().includes(word)) total += 1;
    else return 0;
  }
  return total;
}

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length
    ? window.searchIndex.map((row) => [score(row, words), row]).filter(([points]) => points)
    : [];
  found.sort((left, right) => right[0] - left[0]);
  results.replaceChildren(...found.slice(0, 20).map(([, row]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const small = document.createElement("small");
    link.href = root + row[3];
    link.textContent = row[0];
    small.textContent = row[2] ? `${row[2]} ${row[1]}` : "Type";
    link.append(small);
    item.append(link);
    return item;
  }));
  results.hidden = !words.length;
}

box.addEventListener("input", search);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape") {
    box.value = "";
    search();
  }
});
