// The page is whole without this script. It searches, filters and sorts the clusters, and goes from
// one passage that two texts share to the next. It writes text and attributes only, never markup.

const all = (selector, e = document) => [...e.querySelectorAll(selector)];
const tool = id => document.getElementById(id);

// fold leaves letter case and accents out of a text, and other spellings of one character.
const fold = s => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

document.documentElement.classList.add("script");

// Search, filters and order.

const list = tool("list");
const entries = all(".contents li");
const rows = all("#list > .cluster").map((e, i) => ({
  e, i, entry: entries[i],
  outlets: all(".outlet", e).map(x => x.textContent),
  kinds: e.dataset.kinds.split(" "),
  language: e.querySelector("h3").lang,
  uncertain: !!e.querySelector("summary .uncertain"),
  least: +e.dataset.outlets,
  articles: +e.dataset.articles,
  confidence: +e.dataset.confidence,
  first: e.querySelector("time").dateTime,
  headline: e.querySelector("h3").textContent,
}));

// text is what the search looks through. It is made when it is needed, for a page may have megabytes.
const text = row => row.text ??= fold(row.e.id + " " +
  all("h3, .facts, .members, .more, .text", row.e).map(x => x.textContent).join(" "));

const orders = {
  page: (a, b) => a.i - b.i,
  newest: (a, b) => b.first < a.first ? -1 : b.first > a.first ? 1 : 0,
  oldest: (a, b) => a.first < b.first ? -1 : a.first > b.first ? 1 : 0,
  outlets: (a, b) => b.least - a.least,
  articles: (a, b) => b.articles - a.articles,
  confidence: (a, b) => a.confidence - b.confidence,
  headline: (a, b) => a.headline.localeCompare(b.headline),
};

let ordered = "page";

function apply() {
  const words = fold(tool("words").value).split(/\s+/).filter(Boolean);
  const outlet = tool("outlet").value, kind = tool("kind").value, language = tool("language").value;
  const least = +tool("least").value, uncertain = tool("uncertain").checked, order = tool("order").value;
  let shown = 0;
  for (const row of rows) {
    const fits = (!outlet || row.outlets.includes(outlet)) && (!kind || row.kinds.includes(kind)) &&
      (!language || row.language == language) && row.least >= least && (!uncertain || row.uncertain) &&
      words.every(word => text(row).includes(word));
    row.e.hidden = row.entry.hidden = !fits;
    shown += fits;
  }
  if (order != ordered) {
    ordered = order;
    const sorted = rows.toSorted((a, b) => orders[order](a, b) || a.i - b.i);
    list.append(...sorted.map(row => row.e));
    entries[0].parentElement.append(...sorted.map(row => row.entry));
  }
  const clusters = rows.length == 1 ? "cluster" : "clusters";
  tool("count").textContent = shown == rows.length ? `All ${rows.length} ${clusters} of this page` :
    `${shown || "None"} of ${rows.length} ${clusters} of this page`;
}

// offer fills a choice, or takes it away where there is nothing to choose.
function offer(id, values) {
  const sorted = [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b));
  tool(id).append(...sorted.map(v => new Option(v, v)));
  tool(id).parentElement.hidden = sorted.length < 2;
}

const tools = document.querySelector(".tools");
if (tools) {
  offer("outlet", rows.flatMap(row => row.outlets));
  offer("kind", rows.flatMap(row => row.kinds));
  offer("language", rows.map(row => row.language));
  tool("uncertain").parentElement.hidden = !rows.some(row => row.uncertain);
  tools.hidden = false;
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 150); // a screen reader need not tell the count at each key
  };
  tools.addEventListener("input", soon);
  tool("clear").addEventListener("click", () => {
    for (const e of all("input, select", tools)) {
      if (e.type == "checkbox") e.checked = false;
      else e.value = e.id == "order" ? "page" : "";
    }
    apply();
    tool("words").focus();
  });
  apply();
}

// Links into the page open what they lead to.

function reveal() {
  const to = document.getElementById(location.hash.slice(1));
  if (!to?.matches(".cluster, .text")) return;
  if (to.matches(".text")) choose(to);
  for (let e = to; e; e = e.parentElement) if (e.matches("details")) e.open = true;
  to.scrollIntoView();
}

// Texts and their passages.

const marks = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"; // as in html.go

// number of a text or of a button in its cluster.
const number = (e, prefix) => +e.className.match(`${prefix}(\\d+)`)[1];

const chosen = compare => ["left", "right"].map(side => number(compare.querySelector(`.${side} input:checked`), side));

// choose shows a text as the second one, unless it is shown.
function choose(text) {
  const compare = text.closest(".compare"), n = number(text, "t");
  if (!chosen(compare).includes(n)) compare.querySelector(`.right${n}`).click();
}

// passages of a text that a column has too: runs of marks with nothing but signs between them.
function passages(text, column) {
  const runs = [];
  let last;
  for (const mark of all(`mark[class*=${marks[column]}]`, text)) {
    let before = mark.previousSibling;
    while (before?.nodeType == Node.TEXT_NODE && !/[\p{L}\p{N}]/u.test(before.data)) before = before.previousSibling;
    if (last && before == last) runs.at(-1).marks.push(mark);
    else runs.push({ marks: [mark] });
    last = mark;
  }
  for (const run of runs) {
    run.words = fold(run.marks.map(mark => mark.textContent).join(" ")).match(/[\p{L}\p{N}’']+/gu)?.join(" ") ?? "";
  }
  return runs;
}

// twin is the passage of a list with the same words as one, or with the most of them; -1 where none has.
function twin(passage, others) {
  let best = -1, most = 0;
  others.forEach((other, i) => {
    const same = other.words == passage.words ? Infinity :
      other.words.includes(passage.words) || passage.words.includes(other.words) ? Math.min(other.words.length, passage.words.length) : 0;
    if (same > most) [best, most] = [i, same];
  });
  return best;
}

// Reading is what is read in one cluster.
class Reading {
  constructor(compare) {
    this.compare = compare;
    const bar = document.createElement("div");
    bar.className = "passages";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Shared passages");
    const button = (name, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = name;
      b.addEventListener("click", act);
      bar.append(b);
      return b;
    };
    this.back = button("‹ Previous", () => this.go(this.side, this.at - 1));
    this.next = button("Next ›", () => this.go(this.side, this.at + 1));
    this.other = button("Other text", () => this.cross(this.side, this.at));
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    bar.append(this.status);
    compare.querySelector(".verdicts").after(bar);
    compare.addEventListener("change", () => this.reset());
    compare.addEventListener("click", event => {
      const mark = event.target.closest(".text mark");
      if (!mark || !getSelection().isCollapsed) return;
      this.sides.forEach((runs, side) => {
        const at = runs.findIndex(run => run.marks.includes(mark));
        if (at >= 0) this.cross(side, at);
      });
    });
    this.reset();
  }

  // reset begins with the two texts that are chosen.
  reset() {
    this.clear();
    const [left, right] = this.columns = chosen(this.compare);
    const runs = (n, m) => n == m ? [] : passages(this.compare.querySelector(`.t${n}`), m);
    this.sides = [runs(left, right), runs(right, left)];
    this.side = 0;
    this.at = -1;
    const n = this.sides[0].length;
    this.status.textContent = n == 0 ? "The two share no passage." : n == 1 ? "The two share one passage." : `The two share ${n} passages.`;
    this.enable();
  }

  clear() {
    for (const mark of all(".now", this.compare)) mark.classList.remove("now");
  }

  enable() {
    this.back.disabled = this.at <= 0;
    this.next.disabled = this.at >= this.sides[this.side].length - 1;
    this.other.disabled = this.at < 0;
  }

  // go shows passage at of a side, in both texts.
  go(side, at) {
    this.clear();
    [this.side, this.at] = [side, at];
    const run = this.sides[side][at], others = this.sides[1 - side], same = twin(run, others);
    for (const mark of [...run.marks, ...(others[same]?.marks ?? [])]) mark.classList.add("now");
    run.marks[0].scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    const words = run.words.split(" ").length, letter = this.compare.querySelector(`.t${this.columns[side]}`).id.replace(/.*-/, "");
    const whole = run.marks.map(mark => mark.textContent).join(" ").trim().split(/\s+/), most = 8;
    this.status.textContent = `Passage ${at + 1} of ${this.sides[side].length} in ${letter}, ${words == 1 ? "1 word" : words + " words"}: ` +
      whole.slice(0, most).join(" ") + (whole.length > most ? " …" : "");
    this.enable();
  }

  // cross goes from a passage to the same one in the other text.
  cross(side, at) {
    const same = twin(this.sides[side][at], this.sides[1 - side]);
    if (same >= 0) this.go(1 - side, same);
    else this.go(side, at);
  }
}

function read(details) {
  const compare = details.open && details.querySelector(".compare:not(:has(.passages))");
  if (compare?.querySelector(".right input:checked")) new Reading(compare);
}

document.addEventListener("toggle", event => {
  if (event.target.matches(".reading")) read(event.target);
}, true);
all(".reading[open]").forEach(read);

list.addEventListener("click", event => {
  const letter = event.target.closest("a.letter");
  if (!letter) return;
  event.preventDefault();
  history.replaceState(null, "", letter.hash);
  reveal();
  const text = document.getElementById(letter.hash.slice(1));
  text.tabIndex = -1;
  text.focus({ preventScroll: true });
});

addEventListener("hashchange", reveal);
reveal();
