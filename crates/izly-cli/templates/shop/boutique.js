// The order's page follows its order: a short question every second, and the page itself again when the answer differs.
// Without this script the link "Actualiser" does the same.
"use strict";

(() => {
  const order = document.getElementById("commande");
  if (!order) return;

  const part = (page, id) => page.getElementById(id);
  const show = (fresh, id) => {
    const [from, to] = [part(fresh, id), part(document, id)];
    if (!from || !to || from.innerHTML === to.innerHTML) return;
    const hadFocus = to.contains(document.activeElement);
    // The element stays and its content goes: a live region that is replaced as a whole says nothing.
    to.replaceChildren(...from.childNodes);
    if (from.dataset.etat) to.dataset.etat = from.dataset.etat;
    if (hadFocus) part(document, "titre").focus();
  };

  const refresh = async () => {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!reply.ok) return;
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
    ["etat", "resume", "actions", "chronologie"].forEach((id) => show(fresh, id));
    order.dataset.version = part(fresh, "commande").dataset.version;
    document.title = fresh.title;
  };

  const look = async () => {
    let wait = 1000;
    try {
      if (!document.hidden) {
        const reply = await fetch(order.dataset.suivi);
        if (reply.status === 404) return;
        const state = await reply.json();
        if (String(state.version) !== order.dataset.version) await refresh();
        if (state.definitif) wait = 3000;
      }
    } catch {
      // The shop is gone, or is being started again.
      wait = 5000;
    }
    setTimeout(look, wait);
  };

  part(document, "suivi").hidden = false;
  setTimeout(look, 1000);
})();
