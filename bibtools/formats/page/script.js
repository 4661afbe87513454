"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  const SPECIAL = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ħ: "h" };
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[ßæœøđðþłıħ]/g, (c) => SPECIAL[c])
      .replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐‑–—−]/g, "-");
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base", ignorePunctuation: true }).compare;

  document.addEventListener("DOMContentLoaded", () => {
    const $ = (selector, from = document) => from.querySelector(selector);
    const texts = (selector, from) => Array.from(from.querySelectorAll(selector), (node) => node.textContent);
    const list = $(".works");
    const search = $("input");
    const [year, about, source, order] = ["year", "about", "source", "order"].map((name) => $(`select[name=${name}]`));
    const turn = $(".turn");
    const all = $(".all");
    const theme = $(".theme");
    const count = $(".count");
    const none = $(".none");
    const said = $(".said");

    const works = Array.from(list.children, (node, place) => ({
      node, place, hidden: false, text: null,
      year: node.dataset.year || "",
      author: node.dataset.author || "",
      about: node.dataset.kind ? [node.dataset.kind] : texts(".cat", node),
      foreign: Boolean(node.dataset.kind),
      sources: texts(".source", node),
    }));

    // What is searched: everything that is shown but the BibTeX. Read only when it is first needed.
    const textOf = (work) => {
      if (work.text === null) {
        work.text = fold([work.node.id, ...texts("h2, .who, .where, .other, .abstract, .note", work.node)].join("\n"));
      }
      return work.text;
    };
    const wait = window.requestIdleCallback || ((job) => setTimeout(() => job({ timeRemaining: () => 5 }), 50));
    const prepare = (from) => wait((idle) => {
      let place = from;
      while (place < works.length && idle.timeRemaining() > 1) textOf(works[place++]);
      if (place < works.length) prepare(place);
    });
    prepare(0);

    // -- choices ------------------------------------------------------------------------------------------------
    const tally = (values) => {
      const counts = new Map();
      for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
      return counts;
    };
    const options = (parent, counts, names, label = (name) => name) => {
      for (const name of names) parent.append(new Option(`${label(name)} (${counts.get(name)})`, name));
    };
    const offer = (select, counts, sorted, label) => {
      options(select, counts, sorted, label);
      select.parentNode.hidden = counts.size < 2;
    };
    const years = tally(works.map((work) => work.year));
    offer(year, years, [...years.keys()].sort((a, b) => b - a), (name) => name || "no year");
    const places = tally(works.flatMap((work) => work.sources));
    offer(source, places, [...places.keys()].sort(compare));
    const abouts = tally(works.flatMap((work) => work.about));
    for (const [foreign, label] of [[false, "arXiv category"], [true, "Type"]]) {
      const names = new Set(works.filter((work) => work.foreign === foreign).flatMap((work) => work.about));
      if (names.size) {
        const group = document.createElement("optgroup");
        group.label = label;
        options(group, abouts, [...names].sort((a, b) => abouts.get(b) - abouts.get(a) || compare(a, b)));
        about.append(group);
      }
    }
    about.parentNode.hidden = abouts.size < 2;

    // -- what is shown ------------------------------------------------------------------------------------------
    const noun = (n) => `${n.toLocaleString("en")} ${n === 1 ? "work" : "works"}`;
    const isNarrowed = () => Boolean(search.value || year.selectedIndex || about.selectedIndex || source.selectedIndex);
    const show = () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const work of works) {
        const fits =
          (!year.selectedIndex || work.year === year.value) &&
          (!about.selectedIndex || work.about.includes(about.value)) &&
          (!source.selectedIndex || work.sources.includes(source.value)) &&
          (!words.length || words.every((word) => textOf(work).includes(word)));
        shown += fits;
        if (fits === work.hidden) {
          work.hidden = !fits;
          work.node.hidden = !fits;
        }
      }
      count.textContent = shown === works.length ? noun(shown) : `${shown.toLocaleString("en")} of ${noun(works.length)}`;
      none.hidden = shown > 0;
      remember();
    };

    const TITLE = (work) => (work.title ??= ($("h2", work.node).textContent || "").replace(/^\s*(the|an?)\s+/i, ""));
    const KEYS = {
      listed: (a, b) => a.place - b.place,
      year: (a, b) => (a.year === "") - (b.year === "") || sign * (a.year - b.year),
      author: (a, b) => (a.author === "") - (b.author === "") || sign * compare(a.author, b.author),
      title: (a, b) => sign * compare(TITLE(a), TITLE(b)),
      key: (a, b) => sign * compare(a.node.id, b.node.id),
    };
    let sign = 1;
    let sorted = "listed";
    const sort = () => {
      turn.textContent = sign > 0 ? "↑" : "↓";
      turn.setAttribute("aria-label", sign > 0 ? "Ascending; sort descending" : "Descending; sort ascending");
      turn.title = turn.getAttribute("aria-label");
      turn.disabled = order.value === "listed";
      if (order.value !== "listed" || sorted !== "listed") {
        const key = KEYS[order.value];
        const inOrder = [...works].sort((a, b) => key(a, b) || a.place - b.place);
        list.append(...inOrder.map((work) => work.node));
      }
      sorted = order.value;
      remember();
    };

    // -- the address holds what is shown, so that it can be shared -----------------------------------------------
    const remember = () => {
      const address = new URL(location.href);
      const query = new URLSearchParams();
      if (search.value.trim()) query.set("q", search.value.trim());
      for (const select of [year, about, source]) if (select.selectedIndex) query.set(select.name, select.value);
      if (order.value !== "listed") query.set("sort", (sign < 0 ? "-" : "") + order.value);
      address.search = query;
      try {
        if (address.href !== location.href) history.replaceState(history.state, "", address);
      } catch {
        // Some browsers do not allow it for local files.
      }
    };
    const choose = (select, value) => {
      const found = Array.from(select.options).findIndex((option, place) => place && option.value === value);
      select.selectedIndex = Math.max(found, 0);
    };
    const recall = () => {
      const query = new URLSearchParams(location.search);
      const by = query.get("sort") || "";
      search.value = query.get("q") || "";
      for (const select of [year, about, source]) choose(select, query.has(select.name) ? query.get(select.name) : null);
      sign = by.startsWith("-") ? -1 : 1;
      choose(order, by.replace(/^-/, ""));
      sort();
      show();
    };
    const clear = () => {
      search.value = "";
      for (const select of [year, about, source]) select.selectedIndex = 0;
      show();
    };
    const follow = () => {
      let key = location.hash.slice(1);
      try {
        key = decodeURIComponent(key);
      } catch {
        return;
      }
      const target = key && document.getElementById(key);
      if (!target || target.parentNode !== list) return;
      if (target.hidden) clear();
      const folded = $(".abs", target);
      if (folded) folded.open = true;
      // What was never laid out has only an estimated height, so the place moves while it comes into view.
      const settle = (left) => {
        target.scrollIntoView();
        if (left) requestAnimationFrame(() => settle(left - 1));
      };
      settle(4);
    };

    // -- copying ------------------------------------------------------------------------------------------------
    let timer = 0;
    const say = (text) => {
      said.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => (said.textContent = ""), 4000);
    };
    const copiedByCommand = (text) => {
      const area = document.createElement("textarea");
      const held = document.activeElement;
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      let done = false;
      try {
        done = document.execCommand("copy");
      } catch {
        done = false;
      }
      area.remove();
      held?.focus({ preventScroll: true });
      return done;
    };
    const copy = async (text, what) => {
      let done = false;
      try {
        await navigator.clipboard.writeText(text);
        done = true;
      } catch {
        done = copiedByCommand(text);
      }
      say(done ? `Copied ${what}` : `This browser does not allow copying: select ${what} by hand`);
      return done;
    };
    list.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const work = button.closest(".work");
      if (button.value === "key") {
        copy(work.id, `the key ${work.id}`);
      } else {
        const bib = $(".bib", work);
        if (!(await copy($("pre", bib).textContent, `the BibTeX of ${work.id}`))) {
          bib.open = true;
          getSelection().selectAllChildren($("pre", bib));
        }
      }
    });

    // -- events -------------------------------------------------------------------------------------------------
    let typing = 0;
    search.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(show, 80);
    });
    for (const select of [year, about, source]) select.addEventListener("change", show);
    order.addEventListener("change", () => {
      sign = order.value === "year" ? -1 : 1;
      sort();
    });
    turn.addEventListener("click", () => {
      sign = -sign;
      sort();
    });
    all.addEventListener("click", () => {
      const open = all.getAttribute("aria-pressed") !== "true";
      all.setAttribute("aria-pressed", String(open));
      for (const fold of list.querySelectorAll(".abs")) fold.open = open;
    });
    const isDark = () =>
      (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    theme.setAttribute("aria-pressed", String(isDark()));
    theme.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      theme.setAttribute("aria-pressed", String(isDark()));
    });
    document.addEventListener("keydown", (event) => {
      const at = event.target;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || at.matches("select, textarea")) return;
      if (event.key === "/" && at !== search) {
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "Escape" && isNarrowed()) {
        event.preventDefault();
        clear();
      } else if (event.key === "Escape" && at === search) {
        search.blur();
      }
    });
    addEventListener("popstate", recall);
    addEventListener("hashchange", follow);
    recall();
    follow();
  });
})();
