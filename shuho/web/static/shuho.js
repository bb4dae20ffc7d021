/* Without this every link and form still works. With it the panel changes in place, and work is shown as it goes. */
"use strict";
(() => {
  document.body.classList.add("scripted");
  const desk = document.querySelector(".desk");
  const byId = (id) => document.getElementById(id);
  let stream = null;
  let trigger = null;

  const bare = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("bare", "1");
    url.hash = "";
    return url;
  };

  // An address that differs in its hash alone would not be loaded again.
  const reload = (address) => { history.replaceState(null, "", new URL(address, location.href)); location.reload(); };

  // What waits for a decision, or else the newest word, is what a person wants to see.
  const settle = () => {
    const named = [".inside", ".proposal", ".talk-log li:last-child"];
    const [inside, proposal, last] = named.map((name) => byId("panel").querySelector(name));
    if (!proposal && last && last.offsetHeight) inside.scrollTop = last.offsetTop - inside.offsetTop - 8;
    else if (proposal) inside.scrollTop = proposal.offsetTop - inside.offsetTop - 8;
    else if (inside.querySelector("#message")) inside.scrollTop = inside.scrollHeight;
  };

  const show = async (address, { focus = true, push = true, sent = false } = {}) => {
    const answer = await fetch(bare(address));
    if (!answer.ok) { location.assign(address); return; }
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const panel = found.getElementById("panel");
    if (!panel) { location.assign(address); return; }
    if (panel.dataset.version !== byId("panel").dataset.version) { reload(address); return; }
    const typed = byId("message");
    // What is being typed goes along to another section.
    if (typed && typed.value && !sent && panel.querySelector("#message")) panel.querySelector("#message").value = typed.value;
    byId("panel").replaceWith(document.adoptNode(panel));
    if (push) history.pushState(null, "", new URL(address, location.href));
    document.body.classList.add("open");
    const inside = panel.querySelector(".inside");
    const message = panel.querySelector("#message");
    if (focus) (message && matchMedia("(pointer: fine)").matches ? message : inside).focus({ preventScroll: true });
    settle();
    listen();
  };

  const mark = (link) => {
    document.querySelectorAll(".claim.on").forEach((one) => one.classList.remove("on"));
    if (link.dataset.claim) link.classList.add("on");
  };

  // What is written so far, in its place; the outcome replaces all of it. Text is only ever text here.
  const tell = (id, text, inner) => {
    const place = byId(id);
    if (!place) return;
    place.hidden = !text;
    const words = inner ? place.querySelector(inner) : place;
    if (words.textContent === text) return;
    const inside = place.closest(".inside");
    const low = inside.scrollHeight - inside.scrollTop - inside.clientHeight < 60;
    words.textContent = text;
    if (low) inside.scrollTop = inside.scrollHeight;
  };

  const listen = () => {
    if (stream || !desk || !("working" in byId("panel").dataset)) return;
    stream = new EventSource(desk.dataset.stream);
    const end = () => { stream.close(); stream = null; };
    stream.onmessage = (event) => {
      const told = JSON.parse(event.data);
      if (!told.step) { end(); refresh(); return; }
      const status = document.querySelector("#working [role=status]");
      if (status && status.textContent !== `${told.text}…`) status.textContent = `${told.text}…`;
      tell("so-far", told.answer, "");
      tell("draft", told.draft, ".draft-text");
    };
    stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) { end(); refresh(); } };
  };

  const refresh = () => {
    const url = new URL(location.href);
    url.searchParams.set("panel", "chat");
    url.searchParams.delete("note");
    url.hash = "panel";
    show(url.href, { focus: false, push: false });
  };

  const ask = async (form, submitter) => {
    const sent = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "x-shuho": "1" } });
    const url = new URL(location.href);
    url.searchParams.set("panel", "chat");
    url.searchParams.set("section", sent.get("section") || "");
    url.searchParams.delete("claim");
    if (answer.status === 409) url.searchParams.set("note", "busy");
    else if (!answer.ok) { form.submit(); return; }
    url.hash = "panel";
    await show(url.href, { focus: false, sent: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel]");
    if (event.target.closest("[data-close]")) { event.preventDefault(); close(); return; }
    if (!link || !desk || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!link.closest("#panel")) trigger = link;
    mark(link);
    show(link.href);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ask") return;
    event.preventDefault();
    ask(event.target, event.submitter);
  });

  const close = () => {
    document.body.classList.remove("open");
    if (trigger && trigger.isConnected) trigger.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("open")) close();
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "message";
    if (sends) event.target.form.requestSubmit();
  });

  window.addEventListener("popstate", () => location.reload());

  const watch = (main) => {
    const running = new EventSource(main.dataset.stream);
    running.onmessage = (event) => {
      const run = JSON.parse(event.data);
      byId("lines").textContent = run.lines.join("\n");
      if (run.state !== "running") { running.close(); location.reload(); return; }
      if (run.stage) byId("state").textContent = run.total ? `${run.stage} ${run.done}/${run.total}` : run.stage;
      if (run.total) { byId("progress").max = run.total; byId("progress").value = run.done; }
      else byId("progress").removeAttribute("value");
    };
  };

  const follow = async () => {
    const found = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html").getElementById("elsewhere");
    if (!found) return;
    if (!("refresh" in found.dataset)) { location.reload(); return; }
    byId("elsewhere").replaceWith(document.adoptNode(found));
    setTimeout(follow, 2000);
  };
  if (byId("elsewhere") && "refresh" in byId("elsewhere").dataset) setTimeout(follow, 2000);

  const main = byId("main");
  if (main && main.dataset.stream) watch(main);
  if (desk) {
    if (byId("panel").classList.contains("asked")) document.body.classList.add("open");
    settle();
    listen();
  }
})();
