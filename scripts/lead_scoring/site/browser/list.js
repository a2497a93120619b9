/* Lists of any length: only the rows in sight are in the page. What is searched, chosen and sorted
   stands in the address behind #, so that a link, or the way back, shows the same. */
"use strict";

const BEYOND = 8; // rows above and below those in sight

/* A column of the data, whether its texts stand in a list of words or not. */
class Column {
  constructor(stored) {
    this.words = stored.words;
    this.places = stored.places ?? stored;
  }

  at(row) {
    const value = this.places[row];
    return this.words ? (value < 0 ? null : this.words[value]) : value;
  }

  /* What rows are sorted by: words are sorted already. */
  order(row) {
    return this.places[row];
  }
}

class List {
  constructor(box, data) {
    this.box = box;
    this.filters = document.querySelector(`.filters[data-of="${box.dataset.list}"]`);
    this.body = box.querySelector("tbody");
    this.head = [...box.querySelectorAll("th")];
    this.search = this.filters.querySelector("[data-find]") ?? document.getElementById("find");
    this.selects = [...this.filters.querySelectorAll("select")];
    this.rows = data.rows;
    this.columns = Object.fromEntries(
      Object.entries(data.columns).map(([name, stored]) => [name, new Column(stored)])
    );
    this.texts = ["lead_id", "account", "name", "email"].filter((name) => name in this.columns);
    this.drawn = new Map(); // place in the list -> its row of the table
    this.offer();
    this.listen();
    this.readAddress();
  }

  offer() {
    for (const select of this.selects) {
      const column = this.columns[select.dataset.filter];
      const found = column.words ?? [...new Set(column.places)].filter((one) => one != null).sort();
      select.append(...found.map((word) => make("option", { value: word }, word)));
      select.closest("label").hidden = found.length === 0;
    }
  }

  listen() {
    let drawing = 0;
    const later = () => (drawing ||= requestAnimationFrame(() => { drawing = 0; this.draw(); }));
    this.box.addEventListener("scroll", later, { passive: true });
    addEventListener("resize", () => { this.height = 0; later(); });
    addEventListener("hashchange", () => this.readAddress());
    this.search.addEventListener("input", () => this.choose());
    this.search.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.body.querySelector("a")?.focus();
    });
    for (const select of this.selects) select.addEventListener("change", () => this.choose());
    for (const cell of this.head) {
      cell.firstChild.addEventListener("click", () => {
        const name = cell.dataset.name;
        const first = /number/.test(cell.dataset.kind) ? `-${name}` : name;
        const other = first === name ? `-${name}` : name;
        this.sort = this.sort === first ? other : first;
        this.choose();
      });
    }
    this.box.addEventListener("keydown", (event) => this.walk(event));
  }

  /* Takes what is searched, chosen and sorted from the address; leads.html?find= is the form's. */
  readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const find = asked.get("find") ?? new URLSearchParams(location.search).get("find");
    this.search.value = find ?? "";
    for (const select of this.selects) {
      const chosen = asked.get(select.dataset.filter) ?? "";
      select.value = chosen;
      if (select.value !== chosen) select.value = "";
    }
    this.sort = asked.get("sort") ?? this.box.dataset.sort;
    this.apply();
  }

  /* Writes it to the address, as one step of the way back for the whole visit. */
  choose() {
    const asked = new URLSearchParams();
    if (this.search.value) asked.set("find", this.search.value);
    for (const select of this.selects) if (select.value) asked.set(select.dataset.filter, select.value);
    if (this.sort !== this.box.dataset.sort) asked.set("sort", this.sort);
    const isNew = asked.toString() !== location.hash.slice(1) || location.search;
    if (isNew) history.replaceState(null, "", `${location.pathname}#${asked}`);
    this.apply();
  }

  apply() {
    const name = this.sort.replace(/^-/, ""), isDown = this.sort.startsWith("-");
    for (const cell of this.head) {
      const order = cell.dataset.name === name ? (isDown ? "descending" : "ascending") : "none";
      cell.setAttribute("aria-sort", order);
    }
    this.found = this.sorted(name, isDown).filter(this.fits());
    const many = this.found.length.toLocaleString("en"), all = this.rows.toLocaleString("en");
    this.filters.querySelector("[role=status]").textContent = `${many} of ${all}`;
    this.box.querySelector("table").setAttribute("aria-rowcount", this.found.length + 1);
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.box.scrollTop = 0;
    this.draw();
  }

  /* All rows in order; the order stays until another column is asked for. Nulls come last. */
  sorted(name, isDown) {
    if (this.sortedBy === this.sort) return this.order;
    const column = this.columns[name] ?? Object.values(this.columns)[0];
    const isNull = (value) => value == null || (column.words && value < 0);
    const sign = isDown ? -1 : 1;
    this.order = Array.from({ length: this.rows }, (_, row) => row).sort((left, right) => {
      const a = column.order(left), b = column.order(right);
      if (isNull(a) || isNull(b)) return isNull(a) - isNull(b) || left - right;
      return a < b ? -sign : a > b ? sign : left - right;
    });
    this.sortedBy = this.sort;
    return this.order;
  }

  fits() {
    const chosen = this.selects.filter((select) => select.value).map((select) => {
      const column = this.columns[select.dataset.filter];
      return [column, column.words ? column.words.indexOf(select.value) : select.value];
    });
    const wanted = this.search.value.trim().toLowerCase();
    if (wanted && !this.lower) {
      const columns = this.texts.map((name) => this.columns[name]);
      this.lower = Array.from({ length: this.rows }, (_, row) =>
        columns.map((column) => column.at(row) ?? "").join("\n").toLowerCase()
      );
    }
    return (row) =>
      chosen.every(([column, value]) => column.order(row) === value) &&
      (!wanted || this.lower[row].includes(wanted));
  }

  draw() {
    this.height ||= parseFloat(getComputedStyle(this.box).getPropertyValue("--row")) *
      parseFloat(getComputedStyle(document.documentElement).fontSize);
    const top = Math.max(0, Math.floor(this.box.scrollTop / this.height) - BEYOND);
    const sight = Math.ceil(this.box.clientHeight / this.height) + 2 * BEYOND;
    const end = Math.min(this.found.length, top + Math.max(sight, 2 * BEYOND));
    // A row with the focus that leaves gives it to the list first: a browser that loses the focus
    // looks at the page half drawn, and scrolls elsewhere.
    const walked = this.placeOf(document.activeElement);
    if (walked != null && (walked < top || walked >= end)) this.box.focus({ preventScroll: true });
    for (const [place, row] of this.drawn) {
      if (place < top || place >= end) {
        row.remove();
        this.drawn.delete(place);
      }
    }
    this.above ??= make("tr", { class: "space", "aria-hidden": "true" }, make("td"));
    this.below ??= make("tr", { class: "space", "aria-hidden": "true" }, make("td"));
    if (!this.above.isConnected) this.body.append(this.above, this.below);
    this.above.style.height = `${top * this.height}px`;
    this.below.style.height = `${(this.found.length - end) * this.height}px`;
    let before = this.above;
    for (let place = top; place < end; place += 1) {
      let row = this.drawn.get(place);
      if (!row) {
        row = this.row(place);
        this.drawn.set(place, row);
        before.after(row);
      }
      before = row;
    }
    if (!this.found.length) {
      const cell = make("td", { colspan: this.head.length }, this.box.dataset.nothing);
      const row = make("tr", {}, cell);
      this.drawn.set(0, row);
      this.above.after(row);
    }
  }

  /* The place in the list of the row that an element stands in; null: it stands in none. */
  placeOf(element) {
    const row = this.body.contains(element) && element.closest("tr.row");
    return row ? Number(row.getAttribute("aria-rowindex")) - 2 : null;
  }

  row(place) {
    const row = this.found[place];
    const cells = this.head.map((head) =>
      make("td", { class: head.className }, this.cell(head.dataset, row))
    );
    return make("tr", { class: "row", "aria-rowindex": place + 2 }, cells);
  }

  cell({ name, kind, under }, row) {
    const value = this.columns[name].at(row);
    const below = under && this.columns[under].at(row);
    if (kind === "number share" && below) {
      return [value == null ? "unknown" : percent(value), make("small", { title: shown(below) }, below)];
    }
    if (value == null) return kind === "minutes" ? timeLeft(null) : "-";
    const link = { id: linkToLead, account: linkToAccount }[kind];
    if (below) return [link ? link(value) : value, make("small", {}, below)];
    if (link) return make("span", { class: "two" }, link(value));
    if (kind === "minutes") return make("span", { class: value < 0 ? "late" : null }, timeLeft(value));
    if (kind === "number") return value.toLocaleString("en");
    if (kind === "number change") return signed(value);
    if (kind === "number percent") return `${value} %`;
    return make("span", { class: "two", title: kind === "long" ? shown(value) : null }, value);
  }

  /* Arrows walk from row to row, Home and End to the ends, the Page keys by what is in sight. */
  walk(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
    const last = this.found.length - 1;
    const first = Math.floor(this.box.scrollTop / this.height);
    const place = this.placeOf(document.activeElement) ?? first - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -place, End: last };
    if (!(event.key in steps) || last < 0 || event.target.tagName === "BUTTON") return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, place + steps[event.key]));
    const head = this.box.querySelector("thead").offsetHeight, at = next * this.height;
    if (at < this.box.scrollTop) this.box.scrollTop = at;
    const room = this.box.clientHeight - head - this.height;
    if (at > this.box.scrollTop + room) this.box.scrollTop = at - room;
    this.draw();
    this.drawn.get(next).querySelector("a")?.focus({ preventScroll: true });
  }
}

for (const box of document.querySelectorAll("[data-list]")) {
  load(box.dataset.list).then((data) => new List(box, data)).catch((error) => {
    box.querySelector("tbody").append(make("tr", {}, make("td", { colspan: 99 }, error.message)));
  });
}
