// What a reload would show, without the reload: new steps of the timeline, and the figures beside it. Everything on
// these pages works without this script.
"use strict";

const byId = (id) => document.getElementById(id);

// A button beside each text that is there to be copied.
for (const text of document.querySelectorAll("[data-copier]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copier";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copié";
    } catch {
      button.textContent = "Copie impossible : sélectionnez le texte";
    }
    setTimeout(() => { button.textContent = "Copier"; }, 2500);
  });
  text.after(button);
}

const follow = byId("suite");
if (follow) startFollowing(follow.dataset.suite);

function startFollowing(next) {
  const list = byId("etapes");
  const told = byId("annonce");
  const pause = byId("pause");
  let paused = false;
  let unread = 0;
  let waiting = null;

  pause.hidden = false;
  tell("En direct");
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Reprendre" : "Mettre en pause";
    tell(paused ? "En pause" : "En direct");
    if (paused && waiting) waiting.abort();
    if (!paused) poll();
  });
  byId("actualiser").addEventListener("click", (event) => {
    const last = list.lastElementChild;
    if (!last) return;
    event.preventDefault();
    unread = 0;
    tell("En direct");
    last.scrollIntoView({ block: "center" });
    (last.querySelector("summary") ?? last).focus({ preventScroll: true });
  });
  // A page that nobody sees needs no connection of its own.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && waiting) waiting.abort();
    if (!document.hidden && !paused) poll();
  });
  poll();

  // A count, not the steps themselves: whoever listens to the page decides what to read.
  function tell(text) {
    if (told.textContent !== text) told.textContent = text;
  }

  async function poll() {
    if (waiting) return;
    let patience = 1000;
    while (!paused && !document.hidden) {
      waiting = new AbortController();
      try {
        const reply = await fetch(next, { signal: waiting.signal, headers: { accept: "text/html" } });
        if (!reply.ok) throw new Error(String(reply.status));
        add(await reply.text());
        patience = 1000;
      } catch {
        if (paused || document.hidden) break;
        tell("Sandbox injoignable, nouvel essai…");
        await new Promise((resolve) => setTimeout(resolve, patience));
        patience = Math.min(patience * 2, 15000);
      }
    }
    waiting = null;
  }

  function add(html) {
    const news = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (!news || !news.dataset.suite) throw new Error("not a fragment");
    next = news.dataset.suite;
    if ("recommence" in news.dataset) list.replaceChildren();
    let count = 0;
    for (const step of [...news.querySelectorAll("ol > .step")]) {
      if (place(document.adoptNode(step))) count += 1;
    }
    refresh(news.querySelector("#vif"));
    byId("vide").hidden = list.childElementCount > 0;
    unread += count;
    if (unread > 0) tell(unread === 1 ? "1 nouvelle étape" : `${unread} nouvelles étapes`);
    else tell("En direct");
  }

  // Puts a step where it belongs, nearly always at the end: what is being read does not move. Says whether it is new.
  function place(step) {
    const known = byId(step.id);
    if (known) {
      // Its answer has come. Whoever has it open, or stands on it, keeps it so.
      const had = known.contains(document.activeElement);
      const details = step.querySelector("details");
      if (details && known.querySelector("details[open]")) details.open = true;
      known.replaceWith(step);
      if (had) step.querySelector("summary")?.focus({ preventScroll: true });
      return false;
    }
    step.classList.add("fresh");
    const number = Number(step.dataset.etape);
    const after = [...list.children].reverse().find((other) => Number(other.dataset.etape) < number);
    if (after) after.after(step);
    else list.prepend(step);
    return true;
  }

  function refresh(figures) {
    const shown = byId("vif");
    if (figures && shown && !shown.contains(document.activeElement) && shown.innerHTML !== figures.innerHTML) {
      shown.replaceWith(document.adoptNode(figures));
    }
  }
}
