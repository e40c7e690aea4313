// The door of a session, and a stand: what is noted is kept on the device until
// the server has it. Each note has an id of its own: sent twice, it counts once.
const page = document.querySelector("[data-door]");
const say = text => { page.querySelector("[data-said]").textContent = text; };

// The queue is that of this page, and outlives it.
const storage = `escale-queue:${page.dataset.door}`;
const queue = () => JSON.parse(localStorage.getItem(storage) ?? "[]");
const keep = notes => {
  localStorage.setItem(storage, JSON.stringify(notes));
  const net = page.querySelector("[data-net]");
  net.textContent = notes.length ? page.dataset.unsent.replace("{n}", notes.length) : page.dataset.sent;
  net.classList.toggle("unsent", notes.length > 0);
};

// next are the notes to send at once: many scans, or one contact.
const most = 100;
function next(notes) {
  const other = notes.findIndex(n => !n.together);
  return notes.slice(0, other === 0 ? 1 : Math.min(other < 0 ? most : other, most));
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  try {
    while (queue().length) {
      const together = next(queue());
      const answer = await fetch(together[0].to, {
        method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body: together.map(n => n.body).join("&"),
      });
      if (!answer.ok || answer.redirected) {
        page.querySelector("[data-net]").textContent = page.dataset.refused;
        return;
      }
      const sent = new Set(together.map(n => n.id));
      together.filter(n => n.attendee).forEach(n => tell(known, n));
      keep(queue().filter(n => !sent.has(n.id)));
    }
  } catch {
    // There is no network: later.
  } finally {
    sending = false;
  }
}

function note(to, id, body, together, more) {
  keep([...queue(), { to, id, body, together, ...more }]);
  send();
}

// scan notes that somebody is in, or is not.
function scan(attendee, entered) {
  const id = crypto.randomUUID(), at = new Date().toISOString();
  if (attendee === "visit:") attendee += id;
  const event = [id, entered ? "in" : "out", attendee, at].join("|");
  note(page.dataset.door, id, new URLSearchParams({ event }).toString(), true, { attendee, entered, at });
  show();
  return attendee;
}

// What the server knows, and over it what it has not been told yet.
let known = new Map();
function read(element) {
  known = new Map([...element.querySelectorAll("[data-key]")].map(i => [i.dataset.key, i.dataset.at]));
}
function present() {
  const there = new Map(known);
  queue().filter(n => n.attendee).forEach(n => tell(there, n));
  return there;
}
function tell(there, n) {
  if (!n.entered) there.delete(n.attendee);
  else if (!there.has(n.attendee)) there.set(n.attendee, n.at);
}

const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", timeZone: page.dataset.zone,
});
const rows = [...page.querySelectorAll("[data-attendee]")];
const number = n => n.toLocaleString(document.documentElement.lang);

function show() {
  const there = present();
  const visitors = [...there.keys()].filter(key => key.startsWith("visit:")).length;
  for (const [name, n] of [["count", there.size - visitors], ["visitors", visitors]]) {
    const at = page.querySelector(`[data-${name}]`);
    if (at && at.textContent !== number(n)) at.textContent = number(n);
  }
  for (const row of rows) {
    const since = there.get(row.dataset.attendee);
    row.querySelector("[data-there]").hidden = !since;
    row.querySelector("[data-in]").hidden = !!since;
    row.querySelector("[data-out]").hidden = !since;
    if (since) row.querySelector("[data-since]").textContent = clock.format(new Date(since));
  }
}

// A row is found by its code, or by a part of the name.
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const bare = text => text.toUpperCase().replace(/[- ]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
const byCode = text => rows.find(row => bare(row.dataset.code) === bare(text));

function arrive(row) {
  if (!present().has(row.dataset.attendee)) scan(row.dataset.attendee, true);
  say(page.dataset.done.replace("{0}", row.querySelector("[data-name]").textContent));
}

function door() {
  const form = page.querySelector("[data-search-form]");
  const search = form.elements.q;
  const filter = () => rows.forEach(row => {
    row.hidden = !fold(row.dataset.find).includes(fold(search.value)) && row !== byCode(search.value);
  });
  search.addEventListener("input", filter);
  form.addEventListener("submit", event => {
    event.preventDefault();
    const shown = rows.filter(row => !row.hidden);
    const row = byCode(search.value) ?? (shown.length === 1 ? shown[0] : null);
    if (row) arrive(row);
    else say(page.dataset.none);
    if (row) search.value = "";
    filter();
    search.focus();
  });
  for (const row of rows) {
    row.querySelector("form").addEventListener("submit", event => {
      event.preventDefault();
      if (event.submitter.matches("[data-in]")) arrive(row);
      else scan(row.dataset.attendee, false);
      row.querySelector("[data-in]:not([hidden]), [data-out]:not([hidden])").focus();
    });
  }
  camera(text => {
    const row = byCode(text);
    if (row) arrive(row);
    else say(page.dataset.none);
  });
}

function stand() {
  const mine = [];
  const less = page.querySelector("[data-unvisit]");
  page.querySelector("[data-visit]").form.addEventListener("submit", event => {
    event.preventDefault();
    mine.push(scan("visit:", true));
    less.hidden = false;
  });
  less.addEventListener("click", () => {
    scan(mine.pop(), false);
    less.hidden = mine.length === 0;
  });
  const form = page.querySelector("[data-contact]");
  form.addEventListener("submit", event => {
    if (!form.elements.name.value.trim() && !form.elements.card.value.trim()) return; // the server says what is missing
    event.preventDefault();
    const id = crypto.randomUUID();
    const body = new URLSearchParams(new FormData(form));
    body.set("device", id);
    body.set("taken_at", new Date().toISOString());
    note(page.dataset.stand, id, body.toString(), false);
    form.reset();
    form.elements.name.focus();
    say(page.dataset.taken);
  });
  camera(text => {
    form.elements.card.value = text;
    form.requestSubmit();
  });
}

// The camera reads codes, where the browser can. One code counts once in a while.
function camera(found) {
  const button = page.querySelector("[data-camera]"), video = page.querySelector("[data-video]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream;
  button.addEventListener("click", async () => {
    if (stream) {
      stream.getTracks().forEach(track => track.stop());
      stream = null;
      video.hidden = true;
      return;
    }
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    video.srcObject = stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "", since = 0;
    while (stream) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && (code.rawValue !== last || Date.now() - since > 3000)) {
        last = code.rawValue;
        since = Date.now();
        found(last);
      }
      await new Promise(done => setTimeout(done, 150));
    }
  });
}

read(page.querySelector("[data-present]"));
if (page.dataset.stand) stand();
else door();
keep(queue());
show();
send();
addEventListener("online", send);

let source;
function listen() {
  source = new EventSource(page.dataset.door);
  source.addEventListener("present", event => {
    read(new DOMParser().parseFromString(event.data, "text/html"));
    show();
  });
}
listen();
setInterval(() => {
  send();
  if (source.readyState === EventSource.CLOSED) listen();
}, 5000);
addEventListener("pagehide", () => source.close());
