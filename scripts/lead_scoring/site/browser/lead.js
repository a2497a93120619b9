/* The page of one lead, lead.html#ID: score, reasons that add up, likelihood, history, what is ahead,
   account. */
"use strict";

const OPEN_ROWS = 8; // of a history, the latest; the others are opened by the reader
const asOf = document.getElementById("lead").dataset.asOf;

/* Compares ids by code points, as the chunks are ordered. */
function isAfter(left, right) {
  const a = [...left], b = [...right];
  for (let place = 0; place < Math.min(a.length, b.length); place += 1) {
    const difference = a[place].codePointAt(0) - b[place].codePointAt(0);
    if (difference) return difference > 0;
  }
  return a.length > b.length;
}

async function findLead(id) {
  const known = await load("words");
  const after = known.starts.findIndex((start) => isAfter(start, id));
  const chunk = (after < 0 ? known.starts.length : after) - 1;
  if (chunk < 0) return null;
  const leads = await load(`leads_${String(chunk).padStart(4, "0")}`);
  if (!Object.hasOwn(leads, id)) return null;
  const found = leads[id];
  const named = (names, values) => Object.fromEntries(names.map((name, n) => [name, values[n]]));
  return {
    ...found,
    ...named(known.fields, found.lead),
    account_score: found.account && named(known.fields_of_account, found.account),
    rules: known.rules,
    arithmetic: known.scorecards[named(known.fields, found.lead).scorecard],
    likelihoods: (found.likelihoods ?? []).map((values) => {
      const one = named(known.fields_of_likelihood, values);
      const parts = (one.parts ?? []).map(([part, points]) => [known.parts[part], points]);
      return { ...known.predictions[one.name], ...one, parts };
    }),
  };
}

/* A time of the tables; midnight is left out. */
function moment(at) {
  return at == null ? null : make("time", {}, at.replace(" 00:00", ""));
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), children);
}

function soft(...texts) {
  return make("p", { class: "soft" }, texts);
}

/* A table of cells; numbers: the columns that stand to the right. */
function table(names, rows, numbers = []) {
  const kind = (place) => (numbers.includes(place) ? "number" : null);
  const head = names.map((name, place) => make("th", { scope: "col", class: kind(place) }, name));
  const body = rows.map((cells) => make("tr", {}, cells.map((cell, place) =>
    make("td", { class: kind(place), "data-name": names[place] }, cell ?? "-"))));
  return make("table", { class: "figures facts" },
    make("thead", {}, make("tr", {}, head)), make("tbody", {}, body));
}

function tile(name, value, meaning) {
  return make("div", { class: "tile" }, make("div", { class: "name" }, name),
    make("div", { class: "value" }, value), make("div", { class: "change soft" }, meaning));
}

function heading(lead) {
  const made = make("header", {}, make("h1", {}, lead.lead_id, lead.name ? ` · ${lead.name}` : null));
  const facts = [lead.email, lead.account, `status ${lead.status}`, `scorecard ${lead.scorecard}`,
    lead.owner && `owner ${lead.owner}`,
    lead.last_activity_at ? `last active ${lead.last_activity_at} UTC` : "no activity on record"];
  made.append(make("p", { class: "lead" }, facts.filter(Boolean).join(" · ")));
  if (lead.disqualified_because) {
    made.append(make("p", { class: "late" }, `Disqualified: ${lead.disqualified_because}`));
  }
  return made;
}

/* What the stage above asks for, and whether a low score is low or not known. */
function ahead(lead) {
  if (lead.evidence === "unknown") return "too little is known to call it low";
  if (lead.next_stage == null) return lead.temperature ?? "";
  const parts = Object.entries({ total: "in total", fit: "of fit", engagement: "of engagement" })
    .map(([part, where]) => [lead[`${part}_missing`], where]).filter(([points]) => points > 0)
    .map(([points, where]) => `${points} more ${where}`);
  return `${lead.next_stage} needs ${parts.join(", ") || "no more points"}`;
}

function tiles(lead) {
  const known = lead.fit_coverage == null ? "who the lead is"
    : `who the lead is; ${Math.round(100 * lead.fit_coverage)} % of what is asked is known`;
  const above = lead.score_percentile == null ? "of 100"
    : `higher than ${lead.score_percentile} % of ${lead.scorecard}`;
  const over = [7, 30].map((days) => [lead[`change_over_${days}_days`], days])
    .filter(([change]) => change != null).map(([change, days]) => `${signed(change)} in ${days} days`);
  return make("div", { class: "tiles" },
    tile("Total score", lead.total_score, above),
    lead.trend && tile("Trend", lead.trend, over.join(", ")),
    tile("Stage", lead.stage ?? "-", ahead(lead)),
    tile("Grade", lead.grade ?? "-", "fit and engagement"),
    tile("Fit", lead.fit_score, known),
    tile("Engagement", lead.engagement_score, "what the lead does"),
    lead.likelihoods.filter((one) => one.is_live).map((one) => tile("Likelihood",
      one.likelihood == null ? "unknown" : percent(one.likelihood), one.words)));
}

/* Bars of which each begins where the one before ended; the last is their sum. */
function adding(items, total, what) {
  const ends = [];
  items.reduce((sum, [, points]) => (ends.push(sum + points), sum + points), 0);
  const least = Math.min(0, ...ends), most = Math.max(0, ...ends), span = most - least || 1;
  const place = (value) => (100 * (value - least)) / span;
  const bar = (kind, from, to) => {
    const made = make("div", { class: `bar ${kind}` });
    made.style.left = `${place(Math.min(from, to))}%`;
    made.style.width = `${place(Math.max(from, to)) - place(Math.min(from, to))}%`;
    return make("div", { class: "lengths" }, made);
  };
  const cells = items.flatMap(([text, points], n) => [
    make("div", { class: "name" }, text),
    bar(points < 0 ? "less" : "after", ends[n] - points, ends[n]),
    make("div", { class: "numbers" }, signed(points)),
  ]);
  return make("div", { class: "bars single sum" }, cells,
    make("div", { class: "name total" }, what), bar("total", 0, total),
    make("div", { class: "numbers total" }, signed(total)));
}

function reasons(lead) {
  const [weight, ...needed] = lead.arithmetic ?? [];
  const parts = ["fit", "engagement"].map((dimension, n) => {
    const items = (lead.reasons ?? []).filter(([rule]) => lead.rules[rule][1] === dimension)
      .map(([rule, points]) => [lead.rules[rule][0], points]);
    const points = lead[`${dimension}_points`], score = lead[`${dimension}_unrounded`];
    const sum = needed[n] == null ? "" : `${signed(points)} points, and ${needed[n]} make 100: `;
    return [make("h3", {}, dimension === "fit" ? "Fit" : "Engagement"),
      items.length ? adding(items, points, "together") : soft("Nothing gives or takes points."),
      soft(`${sum}${dimension} ${Number(score.toFixed(2))}, held between 0 and 100.`)];
  });
  const share = (value) => `${Math.round(100 * value)} %`;
  const total = weight == null ? null : make("p", {}, make("b", {}, "Total: "),
    `${share(weight)} of fit ${Number(lead.fit_unrounded.toFixed(2))} and ${share(1 - weight)} of ` +
    `engagement ${Number(lead.engagement_unrounded.toFixed(2))} make ${lead.total_score}.`);
  return section("Why this score", parts, total);
}

/* What a likelihood says of a lead, in money and days too. */
function foretold(one) {
  if (one.likelihood == null) return [make("b", {}, "Unknown: "), `${one.unknown_because}.`];
  const days = one.median_days == null ? null
    : `Half of those in it that were ${one.foretells} took ${Math.round(one.median_days)} days or fewer.`;
  const amount = one.expected_amount == null ? null
    : `Expected amount: ${Math.round(one.expected_amount).toLocaleString("en")}.`;
  return [make("b", {}, `${percent(one.likelihood)}. `),
    [`Band ${one.band} of ${one.bands}.`, days, amount].filter(Boolean).join(" ")];
}

function likelihoods(lead) {
  return lead.likelihoods.map((one) => {
    const items = [["every lead begins with", one.intercept], ...one.parts];
    if (one.other_parts) items.push([`${one.other_parts} others together`, one.other_log_odds]);
    return section(`How likely ${one.words}`,
      one.is_live ? null : make("p", {}, make("b", {}, "On trial: "), `nothing is decided by ${one.name}.`),
      make("p", {}, foretold(one)),
      adding(items, one.log_odds, "together"),
      soft("Log-odds: they add up exactly, and the higher the sum, the likelier. ",
        one.card ? make("a", { href: one.card }, `What ${one.name} is made of, and how far to trust it`) : null));
  });
}

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/* The total score as steps over time; what moved it stands in the table below. */
function history(lead) {
  const changes = [...(lead.history ?? [])].reverse();
  if (!changes.length) return section("History", soft("No run has put this lead on record."));
  const time = (text) => Date.parse(`${text.slice(0, 16).replace(" ", "T")}Z`);
  const end = Math.max(time(asOf), time(changes.at(-1)[0])), start = time(changes[0][0]);
  const x = (text) => (end > start ? (100 * (time(text) - start)) / (end - start) : 0);
  const rows = changes.map(([at, total, stage, grade, status, moved, isRuleChange], n) => {
    const before = n ? changes[n - 1][1] : null;
    const score = before == null || before === total ? total : `${before} → ${total ?? "none"}`;
    const labels = [stage, grade, status === "open" ? null : status].filter(Boolean).join(", ");
    const why = [isRuleChange ? "Rules changed." : null, moved?.replaceAll("->", "→")];
    return [moment(at), score, labels, why.filter(Boolean).join(" ") || null];
  });
  const path = changes.map(([at, total], n) =>
    total == null ? "" : `${n && changes[n - 1][1] != null ? "H" : "M"}${x(at).toFixed(2)}` +
      `${n && changes[n - 1][1] != null ? "V" : " "}${100 - total}`).join("");
  const areas = changes.map(([at], n) => {
    const until = n + 1 < changes.length ? x(changes[n + 1][0]) : 100;
    const [, ...said] = rows[n].filter((cell) => cell != null);
    const words = drawn("title", {}, shown([at, ...said].join(" · ")));
    return drawn("rect", { class: "hover", x: x(at), y: 0, width: until - x(at), height: 100 }, words);
  });
  const label = `Total score from ${changes[0][0]} to ${asOf}: ${changes.length} on record`;
  const chart = make("div", { class: "curves history" }, make("div", { class: "frame" },
    make("div", { class: "scale" }, ["100", "50", "0"].map((mark) => make("span", {}, mark))),
    drawn("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img", "aria-label": label },
      ...[0, 25, 50, 75].map((y) => drawn("path", { class: "grid", d: `M0 ${y}H100` })),
      drawn("path", { class: "line first", d: `${path}H100` }), ...areas)),
    make("div", { class: "axis" }, [[0, changes[0][0]], [100, asOf]].map(([left, text]) => {
      const mark = make("span", {}, text.slice(0, 10));
      mark.style.left = `${left}%`;
      return mark;
    })));
  const names = ["seen at", "score", "stage, grade", "what moved it"];
  rows.reverse();
  const left = lead.changes - changes.length;
  const earlier = rows.length <= OPEN_ROWS ? null : make("details", {},
    make("summary", {}, `${(lead.changes - OPEN_ROWS).toLocaleString("en")} earlier changes`),
    table(names, rows.slice(OPEN_ROWS), [1]),
    left > 0 ? soft(`and ${left.toLocaleString("en")} before these`) : null);
  return section("History", end > start ? chart : null,
    soft("When a run first saw it, in UTC, and which reasons moved the score most."),
    table(names, rows.slice(0, OPEN_ROWS), [1]), earlier);
}

function levers(lead) {
  if (!lead.levers) return null;
  return section("What would raise it",
    soft("The best that can be brought about, one at a time: the score and stage if it happened now."),
    make("ul", { class: "rules levers" }, lead.levers.map(([text, from, to, isNewStage]) =>
      make("li", {}, make("span", { class: "tag added" }, `+${to - from}`),
        make(isNewStage ? "b" : "div", {}, text.replaceAll("->", "→"))))));
}

function decay(lead) {
  if (!lead.decay?.length) return section("What fades", soft("No points of events: nothing fades."));
  const sum = (place) => lead.decay.reduce((total, row) => total + row[place], 0);
  const number = (points) => points.toFixed(1);
  const rows = lead.decay.map(([rule, events, ...ahead]) =>
    [lead.rules[rule][0], events.toLocaleString("en"), ...ahead.map(number)]);
  rows.push([make("b", {}, "together"), "", ...[2, 3, 4].map((n) => make("b", {}, number(sum(n))))]);
  return section("What fades",
    soft("Points of what the lead did, and what time leaves of them if nothing more happens. Limits of signals and penalties for silence are left aside."),
    table(["rule", "events", "now", "in 7 days", "in 30 days"], rows, [1, 2, 3, 4]));
}

/* How much of an account's buying group is there, and who lacks. */
function group(account) {
  if (account.completeness_percent == null) return "";
  const whole = `Its buying group is ${account.completeness_percent} % there`;
  return account.missing_roles ? `${whole}; it lacks ${account.missing_roles}.` : `${whole}.`;
}

function account(lead) {
  const found = lead.account_score;
  if (!found) return section("Account", soft("No account is known of this lead."));
  const others = (lead.colleagues ?? []).filter(([id]) => id !== lead.lead_id).slice(0, 10);
  return section("Account", make("p", {}, linkToAccount(found.account),
    `: score ${found.account_score ?? "-"}, stage ${found.stage ?? "-"}; ${found.open_leads} of ` +
    `${found.leads} leads count, ${found.active_leads} active. ${group(found)}`),
    others.length ? table(["its other leads, the best", "score", "stage", "status"],
      others.map(([id, name, ...facts]) => [
        make("span", {}, linkToLead(id), name ? ` ${name}` : null), ...facts]), [1])
      : soft("It has no other lead with a score."));
}

function further(lead) {
  const made = [];
  if (lead.handoffs) {
    made.push(section("Hand-offs", table(
      ["handed over", "stage", "queue", "action", "owner", "answer until", "spoken to", "score then"],
      lead.handoffs.map(([at, stage, queue, action, owner, until, spoken, score]) => 
        [moment(at), stage, queue, action, owner, moment(until), moment(spoken), score]), [7])));
  }
  if (lead.others) {
    made.push(section("By other scorecards",
      table(["scorecard", "it is", "score", "stage", "grade"], lead.others, [2])));
  }
  return made;
}

async function show() {
  const place = document.getElementById("lead");
  const id = decodeURIComponent(location.hash.slice(1));
  const lead = await findLead(id);
  document.title = id ? `${shown(id)} · Lead` : "Lead";
  if (!lead) {
    const words = id ? `No lead ${id} has a score as of ${asOf}.` : "Name a lead, or choose one of the list.";
    place.replaceChildren(make("header", {}, make("h1", {}, "Lead"), make("p", { class: "lead" }, words)),
      make("p", {}, make("a", { href: "leads.html" }, "All leads")));
    return;
  }
  place.replaceChildren(...[heading(lead), tiles(lead), reasons(lead), ...likelihoods(lead),
    levers(lead), history(lead), decay(lead), account(lead), ...further(lead)].filter(Boolean));
  scrollTo(0, 0);
}

addEventListener("hashchange", show);
show().catch((error) => {
  document.getElementById("lead").replaceChildren(make("p", { class: "lead" }, error.message));
});
