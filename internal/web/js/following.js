// A work that takes a while tells how far it is; over, its page is asked for
// anew. What may be done meanwhile stays as it is, with its focus.
export function following() {
  document.querySelectorAll("[data-follow]").forEach(follow);
}

const parts = where => where.querySelectorAll("[data-now]");

function follow(work) {
  const source = new EventSource(work.dataset.follow);
  source.addEventListener("work", event => {
    const now = parts(new DOMParser().parseFromString(event.data, "text/html"));
    parts(work).forEach((part, i) => part.replaceChildren(...now[i].childNodes));
  });
  source.addEventListener("over", () => {
    source.close();
    location.reload();
  });
  // The browser asks again by itself when a stream breaks off. When it is given
  // something else, it gives up, and the page says what is the matter.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2000);
  });
  addEventListener("pagehide", () => source.close());
}
