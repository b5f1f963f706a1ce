// Debian's Chromium, driven so that nothing goes out to the network, and pages that report what should never happen.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export function launch() {
  return chromium.launch({
    executablePath: process.env.FABU_TEST_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A page of its own session. `look` is { language, width, scheme, isFirstVisit }: at a first visit the tour comes, and no
 * language was chosen. What should never happen is collected in `page.complaints`: errors of scripts, reports of the security
 * policy, answers 5xx.
 */
export async function newPage(
  browser,
  server,
  { language = "zh-CN", width = 1280, scheme = "light", isFirstVisit = false } = {},
) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: language,
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport: { width, height: width < 600 ? 760 : 860 },
    timezoneId: "Europe/Berlin",
  });
  const known = isFirstVisit ? {} : { toured: true, language: language.startsWith("zh") ? "zh-CN" : "en" };
  await context.addInitScript((settings) => {
    try {
      for (const [name, value] of Object.entries(settings)) {
        localStorage.getItem(`fabu.${name}`) ?? localStorage.setItem(`fabu.${name}`, JSON.stringify(value));
      }
    } catch {
      // A frame without an origin, such as the one that shows a mail, has no storage.
    }
  }, known);
  await context.addInitScript(() => {
    window.addEventListener("securitypolicyviolation", (event) => {
      console.error(`security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // Answers 4xx are part of the work; the browser writes each of them to the console.
    if (message.type() !== "error" || /Failed to load resource/.test(message.text())) return;
    page.complaints.push(`console: ${message.text().slice(0, 500)}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) page.complaints.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

/** Signs in through the form and waits for the workbench, or for `to`. */
export async function signIn(page, server, login, to = "/") {
  await page.goto(to === "/" ? "/login" : to);
  await page.fill("input[autocomplete=username]", login);
  await page.fill("input[autocomplete=current-password]", server.password);
  await page.click("button[type=submit]");
  await page.waitForURL((url) => url.pathname + url.search === to);
  await settled(page);
}

/**
 * Waits until the page is shown and asks for nothing more, seen three times in a row. The stream of live updates stays open,
 * so that the network is never idle: the page itself says when it has all answers, and which address it shows.
 */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page.waitForFunction(
    () => {
      const { fetching, shown } = document.documentElement.dataset;
      const isOnTheWay = fetching !== "0" || shown !== window.location.pathname;
      const isBusy =
        isOnTheWay ||
        document.querySelector("h1") === null ||
        document.querySelector(".fabu-loading, .ant-skeleton") !== null;
      window.fabuQuiet = isBusy ? 0 : (window.fabuQuiet ?? 0) + 1;
      return window.fabuQuiet >= 3;
    },
    undefined,
    { polling: 100 },
  );
}

/** Rules that Ant Design's date picker popup breaks until its grid is done upstream; only inside that popup. */
const pickerRules = ["scrollable-region-focusable", "label-content-name-mismatch", "region"];

/** What axe finds wrong with the page as it stands: WCAG 2.1 A and AA. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, target, failureSummary }) => ({ html, target: target.join(" "), failureSummary })),
    }));
  });
  return found
    .map((violation) => ({
      ...violation,
      nodes: violation.nodes.filter(
        ({ target }) => !(pickerRules.includes(violation.id) && target.includes("ant-picker-dropdown")),
      ),
    }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, help, nodes }) => {
      const examples = nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n    ${failureSummary}`);
      return `${id} (${nodes.length}): ${help}\n${examples.join("\n")}`;
    });
}

/** How far the page is wider than its window; 0 when it fits. */
export function overflow(page) {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
