/* Keeps the shell of the road pages on the phone: they open without a line, and what is on them comes when it is back. */
const SHELL = "road-2";
const OFFLINE = ["/offline", "/ar/offline"];
const KEPT = ["/assets/", "/fonts/", "/icons.svg", "/favicon.svg"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const outlived = caches.keys().then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))));
  event.waitUntil(outlived.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fromLine(request));
  else if (KEPT.some((start) => url.pathname.startsWith(start))) event.respondWith(fromShell(request));
});

async function fromLine(request) {
  const shell = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) shell.put(request, answer.clone());
    return answer;
  } catch (gone) {
    const kept = (await shell.match(request)) || (await shell.match(request, { ignoreSearch: true })) || (await anyStop(shell, request));
    if (kept) return kept;
    const never = await shell.match(new URL(request.url).pathname.startsWith("/ar/") ? OFFLINE[1] : OFFLINE[0]);
    if (never) return never;
    throw gone;
  }
}

/* Every stop has the same shell: one that was opened stands for all. */
async function anyStop(shell, request) {
  const isStop = (url) => /\/agent\/stops\/[^/]+$/.test(new URL(url).pathname);
  if (!isStop(request.url)) return undefined;
  const opened = (await shell.keys()).find((other) => isStop(other.url));
  return opened && shell.match(opened);
}

async function fromShell(request) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) shell.put(request, answer.clone());
  return answer;
}
