// Tabs and the copy button of the request panel; without this script every piece of code is shown.
"use strict";
for (const tabs of document.querySelectorAll(".tabs")) {
  const sections = [...tabs.querySelectorAll(".tab")];
  const bar = document.createElement("div");
  bar.className = "bar";
  const show = (chosen) => {
    sections.forEach((each, index) => {
      each.hidden = each !== chosen;
      bar.children[index].setAttribute("aria-pressed", String(each === chosen));
    });
  };
  for (const section of sections) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = section.dataset.label;
    button.addEventListener("click", () => show(section));
    bar.append(button);
  }
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = "Copy";
  copy.addEventListener("click", async () => {
    const code = sections.find((each) => !each.hidden).querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      copy.textContent = "Press Ctrl+C";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  });
  bar.append(copy);
  tabs.prepend(bar);
  tabs.classList.add("tabbed");
  show(sections[0]);
}
