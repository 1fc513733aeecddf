"use strict";
(() => {
  const cards = [...document.querySelectorAll("main article")];
  const filters = document.querySelector(".filters");
  const search = document.getElementById("search");
  const shown = document.querySelector(".shown");
  const off = { kind: new Set(), layer: new Set() };

  const visible = () => cards.filter((card) => !card.hidden);

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    let all = 0;
    for (const card of cards) {
      const finding = "kind" in card.dataset;
      const text = finding || words.length ? card.textContent.toLowerCase() : "";
      const named = words.every((word) => text.includes(word));
      card.hidden = !named || off.kind.has(card.dataset.kind) || off.layer.has(card.dataset.layer);
      if (finding) {
        all += 1;
        count += card.hidden ? 0 : 1;
      }
    }
    for (const section of document.querySelectorAll("main section")) {
      const inside = [...section.querySelectorAll("article")];
      section.hidden = inside.length > 0 && inside.every((card) => card.hidden);
    }
    shown.textContent = count === all ? "" : `${count} of ${all} findings shown`;
  }

  if (filters) {
    // Beside the findings there is room for them; on a phone they wait behind their title.
    const wide = matchMedia("(min-width: 60.01rem)");
    const place = () => (filters.open = wide.matches);
    wide.addEventListener("change", place);
    place();
    filters.hidden = false;
    search.addEventListener("input", filter);
    for (const button of filters.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        const chosen = off[button.dataset.filter];
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        if (on) chosen.delete(button.dataset.value);
        else chosen.add(button.dataset.value);
        filter();
      });
    }
  }

  function open(target) {
    const details = target && target.querySelector(":scope > details");
    if (details) details.open = true;
  }

  function move(step) {
    const list = visible();
    if (!list.length) return;
    const here = list.indexOf(document.activeElement.closest("article"));
    const next = here < 0 ? (step > 0 ? 0 : list.length - 1) : here + step;
    const card = list[Math.min(list.length - 1, Math.max(0, next))];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target === search) {
      if (event.key === "Escape") {
        search.value = "";
        filter();
        search.blur();
      }
      return;
    }
    const card = target.closest && target.closest("article");
    const arrows = card === target;
    if (event.key === "j" || (arrows && event.key === "ArrowDown")) move(1);
    else if (event.key === "k" || (arrows && event.key === "ArrowUp")) move(-1);
    else if (event.key === "/" && search) {
      filters.open = true;
      search.focus();
    }
    else if (card && ((event.key === "Enter" && arrows) || event.key === "o")) {
      const details = card.querySelector("details");
      details.open = !details.open;
    } else return;
    event.preventDefault();
  });

  for (const button of document.querySelectorAll(".copy")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = "Copied";
    });
  }

  // Someone who was sent a link to a finding finds it open.
  const linked = () => open(document.getElementById(location.hash.slice(1)));
  addEventListener("hashchange", linked);
  linked();
})();
