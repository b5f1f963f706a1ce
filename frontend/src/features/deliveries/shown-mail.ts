/**
 * A mail as it can be shown in a frame: pictures that travel inside the mail cannot be loaded by a page, so that what they
 * say stands in their place.
 */
export function shownMail(html: string): string {
  const mail = new DOMParser().parseFromString(html, "text/html");
  for (const picture of mail.querySelectorAll("img")) {
    const words = mail.createElement("span");
    words.textContent = picture.alt;
    picture.replaceWith(words);
  }
  return `<!doctype html>${mail.documentElement.outerHTML}`;
}
