// Listens for what people press inside our own HTML: a marker opens its source, a copy button copies what it stands by.
//
// The framework runs this function again whenever its data changes, even between a press and its outcome. So the
// listeners and the spoken line are made once for the page, and only what they answer to is renewed.
const LEADS_AWAY = '[data-testid="stSidebar"] :is(.st-key-new, [class*="st-key-open-"]) button';

export default function ({ setTriggerValue, data }) {
  const root = document.documentElement;
  root.cpCite = (marker) => setTriggerValue("cite", marker);
  root.cpStop = () => setTriggerValue("stop", true);
  root.cpFound = (fields) => setTriggerValue("found", fields);
  root.cpUnsent = data?.unsent;
  root.cpTyped ??= new Set();
  root.cpUnheard ??= new Set();
  root.cpLine = (line) => setTriggerValue("line", line);
  root.lang = "en-GB";
  root.classList.add("cp-live");

  const waiting = (root.cpWaiting ??= new Map());
  const timers = (root.cpTimers ??= new Map());

  function say(text) {
    let line = document.querySelector(".cp-said");
    if (!line) {
      line = document.createElement("div");
      line.setAttribute("role", "status");
      line.className = "cp-said";
      document.body.appendChild(line);
    }
    line.textContent = text;
  }

  async function copy(button) {
    const from = button.dataset.text ?? wordsOf(button.closest("blockquote"));
    const done = await write(from);
    const before = (button.dataset.label ??= button.textContent); // a second press finds "Copied" there
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    say(done ? "Copied" : "Could not copy");
    setTimeout(() => { button.textContent = before; say(""); }, 1600);
  }

  function wordsOf(quote) {
    const bare = quote.cloneNode(true);
    bare.querySelectorAll("sup, button").forEach((node) => node.remove());
    bare.querySelectorAll("br").forEach((node) => node.replaceWith("\n"));
    const parts = [...bare.querySelectorAll("p, li")].filter((node) => !node.querySelector("p"));
    return (parts.length ? parts : [bare]).map((node) => node.textContent.trim()).join("\n\n");
  }

  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.appendChild(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  function pressed(event) {
    const marker = event.target.closest?.("a.cp-cite");
    if (marker) {
      event.preventDefault();
      root.cpOpener = event.detail === 0 ? marker.dataset.cite : null; // by key, not by mouse or thumb
      root.cpCite(marker.dataset.cite);
      return;
    }
    const line = event.target.closest?.("a.cp-line");
    if (line) {
      event.preventDefault();
      root.cpLine(line.dataset.line);
      return;
    }
    const button = event.target.closest?.("button.cp-copy");
    if (button) copy(button);
    if (event.target.closest?.(LEADS_AWAY)) showPage();
  }

  // On a phone the list of conversations lies over the page; what was chosen there is under it.
  function showPage() {
    const over = matchMedia("(max-width: 768px)").matches;
    if (over) setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 100);
  }

  // The framework ends the run when it next draws something, which may be long, and then leaves the page half drawn.
  // So the page is drawn anew once the run has ended, or after a moment whatever it does.
  function stopping(event) {
    if (event.target.closest?.('[data-testid="stChatInputStopButton"]')) renew(performance.now());
  }

  function renew(since) {
    const ended = document.querySelector('.stApp[data-test-script-state="notRunning"]');
    if (ended || performance.now() - since > 600) root.cpStop();
    else setTimeout(() => renew(since), 50);
  }

  // A press counts for the button it was made on. When a redraw moves or renews that button before the release, the
  // browser takes the press for none at all, and nothing would happen.
  function held(event) {
    const button = event.button === 0 && event.target.closest?.("button");
    root.cpHeld = button ? { button, place: placeOf(button), x: event.clientX, y: event.clientY } : null;
  }

  function released(event) {
    const press = root.cpHeld;
    if (!press || Math.hypot(event.clientX - press.x, event.clientY - press.y) > 8) {
      root.cpHeld = null;
      return;
    }
    setTimeout(() => {
      if (root.cpHeld !== press) return; // the browser's own click arrived
      root.cpHeld = null;
      (press.button.isConnected ? press.button : document.querySelector(press.place))?.click();
    });
  }

  function arrived(event) {
    if (root.cpHeld?.button.contains(event.target)) root.cpHeld = null;
  }

  function placeOf(button) {
    const widget = button.closest('.stElementContainer[class*="st-key-"]');
    const key = widget && [...widget.classList].find((name) => name.startsWith("st-key-"));
    return key ? `.${CSS.escape(key)} button` : ":not(*)";
  }

  // What is typed is sent while it is typed, and at once when the field or the page is left.
  function words(event) {
    const field = event.target;
    const widget = field.matches?.("textarea, input") && field.closest('[class*="st-key-"]');
    const known = root.cpUnsent?.fields ?? {};
    const key = widget && Object.keys(known).find((name) => widget.classList.contains(classOf(name)));
    if (!key) {
      if (widget) root.cpUnheard.add(field); // a field that was just drawn: its name comes when the page is done
      return;
    }
    root.cpTyped.add(key);
    const { person } = root.cpUnsent;
    root.cpStep = (root.cpStep ?? 0) + 1;
    const body = { person, field: key, showing: known[key], step: root.cpStep, text: field.value };
    note(key, body);
    waiting.delete(key);
    later(key, body, 150);
  }

  // A page that is left may take its last words with it, or they arrive after the next page was drawn. So they stay
  // with the tab until the server has them, and the next page brings them.
  function noted() {
    try {
      return JSON.parse(sessionStorage.getItem("cp-unsent")) ?? {};
    } catch {
      return {};
    }
  }

  function note(key, body) {
    const all = { ...noted(), [key]: body && { ...body, at: Date.now() } };
    try {
      sessionStorage.setItem("cp-unsent", JSON.stringify(all));
    } catch {} // no room, or not allowed: they are sent all the same
  }

  function arrivedAtServer(body) {
    const held = noted()[body.field];
    if (held?.step === body.step && held.showing === body.showing) note(body.field, undefined);
  }

  async function bringNoted() {
    const found = Object.values(noted()).filter((body) => !root.cpTyped.has(body.field));
    const brought = await Promise.all(found.map((body) => post(body).catch(() => false)));
    const fields = found.filter((body, at) => brought[at] && !root.cpTyped.has(body.field)).map((body) => body.field);
    if (fields.length) root.cpFound(fields);
    if (brought.includes(false)) setTimeout(bringNoted, 2000);
  }

  async function post({ at, ...body }, keepalive = false) {
    const age_ms = at ? Math.max(0, Date.now() - at) : 0; // older than what the server has, it changes nothing there
    const answer = await fetch("/unsent", { method: "POST", body: JSON.stringify({ ...body, age_ms }), keepalive });
    if (answer.status !== 503) arrivedAtServer(body); // a full disk may have room later
    return answer.status !== 503;
  }

  function classOf(key) {
    return `st-key-${key.trim().replace(/[^a-zA-Z0-9_-]/g, "-")}`;
  }

  function send(key) {
    const body = waiting.get(key);
    waiting.delete(key);
    clearTimeout(timers.get(key));
    timers.delete(key);
    if (!body) return;
    const keepalive = body.text.length < 15000; // a browser sends no more than 64 kB behind a page that is gone
    post(body, keepalive).catch(() => later(key, body, 2000));
  }

  function later(key, body, after) {
    if (!waiting.has(key)) waiting.set(key, body); // newer words, if there are any, go instead
    if (!timers.has(key)) timers.set(key, setTimeout(() => send(key), after));
  }

  function sendAll() {
    [...waiting.keys()].forEach(send);
  }

  // Arrow keys and j, k go from line to line of a conversation; Enter opens one, as it does with any link.
  function stepped(event) {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const line = step && event.target.closest?.("a.cp-line");
    if (!line) return;
    event.preventDefault();
    const lines = [...document.querySelectorAll("a.cp-line")];
    lines[lines.indexOf(line) + step]?.focus();
  }

  function typed(event) {
    if (event.key === " " && event.target.matches?.("a.cp-cite")) {
      event.preventDefault();
      event.target.click();
    }
  }

  // The newest question is brought to the top, so that its answer is read from its beginning. The page grows for a
  // moment and follows its own end, hence more than once; whoever scrolls meanwhile is left alone.
  function bring(turn) {
    const selector = `[data-turn="${CSS.escape(turn)}"]`;
    const timers = [80, 250, 500, 900].map((after) =>
      setTimeout(() => document.querySelector(selector)?.scrollIntoView({ block: "start" }), after),
    );
    const stop = () => timers.forEach(clearTimeout);
    for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      document.addEventListener(moved, stop, { once: true, passive: true });
    }
  }
  if (data?.newest && root.dataset.cpNewest !== data.newest) {
    root.dataset.cpNewest = data.newest;
    bring(data.newest.split("/")[0]);  // behind it stands which asking it is: asked again, it is brought again
  }

  // Opened by key, the source gets the focus, and its marker has it back once the source is closed.
  if (root.cpOpener && (data?.open ?? null) !== (root.cpOpen ?? null)) {
    const { cpOpener } = root;
    const next = data?.open ? ".st-key-close-source button" : `a.cp-cite[data-cite="${CSS.escape(cpOpener)}"]`;
    setTimeout(() => document.querySelector(next)?.focus(), 120);
    if (!data?.open) root.cpOpener = null;
  }
  root.cpOpen = data?.open;

  if (data?.bring && root.dataset.cpBrought !== data.bring) {
    const [turn] = data.bring.split("/");
    bring(turn);
    setTimeout(() => document.querySelector(`a.cp-line[data-line="${CSS.escape(turn)}"]`)?.focus({ preventScroll: true }), 950);
  }
  if (data?.bring) root.dataset.cpBrought = data.bring;

  document.querySelectorAll("a.cp-cite").forEach((marker) => {
    marker.toggleAttribute("data-open", marker.dataset.cite === data?.open);
  });
  const unheard = [...root.cpUnheard].filter((field) => field.isConnected);
  root.cpUnheard.clear();
  unheard.forEach((field) => words({ target: field }));
  if (!root.cpListens) {
    root.cpListens = true;
    say("");
    bringNoted();
    document.addEventListener("mousedown", held, true);
    document.addEventListener("mouseup", released, true);
    document.addEventListener("click", arrived, true);
    document.addEventListener("click", stopping, true);
    document.addEventListener("click", pressed);
    document.addEventListener("keydown", typed);
    document.addEventListener("input", words, true);
    for (const left of ["focusout", "mousedown", "visibilitychange"]) document.addEventListener(left, sendAll, true);
    document.addEventListener("keydown", (event) => { if (event.key === "Enter") sendAll(); }, true);
    window.addEventListener("pagehide", sendAll);
    if (document.activeElement?.value) words({ target: document.activeElement }); // typed before anybody listened
    document.addEventListener("keydown", stepped);
  }
}
