// Shows pushes, and opens the page where the decision is answered. It keeps nothing and answers no request.
self.addEventListener("push", (event) => {
  const { title, body, url, tag } = event.data.json();
  const shown = self.registration.showNotification(title, {
    body,
    tag,
    icon: "/icon-180.png",
    badge: "/icon-180.png",
    data: { url },
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { href, origin } = new URL(event.notification.data.url, self.location.origin);
  if (origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => {
      const board = open.find((client) => "navigate" in client);
      return board ? board.focus().then(() => board.navigate(href)) : self.clients.openWindow(href);
    }),
  );
});
