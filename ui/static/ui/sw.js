// Reading My year without a connection: the last page of it that was visited, and nothing else of anybody.
// Pages, fragments and answers of the API are never kept; signing out, or an answer that says so, forgets the year.
"use strict";
const STATIC = "cent-jours-static-1", YEAR = "cent-jours-year", KEPT = "/year/", LAST_RESORT = "/offline/";
const LONGEST = 7 * 24 * 3600 * 1000;
const MOST_FILES = 120;
const FETCHED = { cache: "only-if-cached", mode: "same-origin" };
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;
const isYear = (path) => /^\/year\/(\d{4}\/)?$/.test(path);
const isEntrance = (path) => path.startsWith("/accounts/");
let forgotten = 0;  // times: what was under way when the year was forgotten is not kept any more
const left = (path) => path.startsWith("/api/") || path.startsWith("/cal/") || path.startsWith("/health/");

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await (await caches.open(STATIC)).add(LAST_RESORT);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== STATIC && name !== YEAR) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== self.location.origin || left(url.pathname)) return;
  if (request.method === "GET" && url.pathname.startsWith("/static/")) return event.respondWith(file(request));
  if (request.mode === "navigate") event.respondWith(page(event, url));
});

// The first page was loaded before this script could see it: it asks to be kept itself.
self.addEventListener("message", (event) => {
  const url = new URL(event.data.keep, self.location.origin);
  if (url.origin === self.location.origin && isYear(url.pathname)) {
    const since = forgotten;
    event.waitUntil(fetch(url, { redirect: "manual" }).then((answer) => keep(answer, since), () => null));
  }
});

async function forget() {
  forgotten += 1;
  await caches.delete(YEAR);
}

async function file(request) {
  const kept = await caches.open(STATIC), named = NAMED_BY_CONTENT.test(new URL(request.url).pathname);
  if (named) {
    const found = await kept.match(request);
    if (found) return found;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.status === 200) await kept.put(request, answer.clone());
    return answer;
  } catch (failure) {
    const found = await kept.match(request);
    if (found) return found;
    throw failure;
  }
}

async function page(event, url) {
  const { request } = event, leaving = request.method === "POST" && url.pathname === "/accounts/logout/";
  if (leaving) await forget();
  const since = forgotten;
  let answer;
  try { answer = await fetch(request); } catch (failure) { return stored(url, request, failure); }
  // Whoever stands at the entrance is nobody yet, or somebody else.
  if (isEntrance(url.pathname) && answer.status < 500) await forget();
  if (isYear(url.pathname) && request.method === "GET") event.waitUntil(keep(answer.clone(), since));
  return answer;
}

async function keep(answer, since) {
  const html = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (answer.type === "opaqueredirect" || answer.redirected || [401, 403, 404].includes(answer.status)) return forget();
  if (answer.status !== 200 || !html) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Stored-At", String(Date.now()));
  const text = (await answer.text())
    .replace("<html ", "<html data-offline ")
    .replace(/("X-CSRFToken": ")[^"]*/, "$1")
    .replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");
  // First what it is drawn with: a page that is kept is kept whole.
  await keepFiles(text, self.location.origin, /(?:href|src)="(\/static\/[^"#?]+)/g);
  const year = await caches.open(YEAR);
  if (since === forgotten) await year.put(KEPT, new Response(text, { status: 200, headers }));
}

// What the page, and its style sheets, are drawn with. A sheet also names fonts of other alphabets: of what it names,
// only what the browser has fetched to draw the page is kept, and nothing is fetched for it.
async function keepFiles(text, base, pattern, how = {}) {
  const kept = await caches.open(STATIC);
  for (const [, name] of text.matchAll(pattern)) {
    const url = new URL(name, base);
    if (url.origin !== self.location.origin || await kept.match(url)) continue;
    const answer = await fetch(url, how).catch(() => null);
    if (!answer || answer.status !== 200) continue;
    await kept.put(url, answer.clone());
    if (url.pathname.endsWith(".css")) await keepFiles(await answer.text(), url, /url\(["']?([^"')#]+)/g, FETCHED);
  }
  const files = await kept.keys();
  for (const old of files.slice(1, Math.max(1, files.length - MOST_FILES))) await kept.delete(old);
}

async function stored(url, request, failure) {
  if (request.method !== "GET") throw failure;
  if (isYear(url.pathname) || url.pathname === "/") {
    const found = await (await caches.open(YEAR)).match(KEPT);
    const fresh = found && Date.now() - Number(found.headers.get("X-Stored-At")) < LONGEST;
    if (fresh) return found;
    if (found) await forget();
  }
  return (await (await caches.open(STATIC)).match(LAST_RESORT)) || Response.error();
}
