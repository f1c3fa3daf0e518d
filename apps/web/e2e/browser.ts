import type { TestPerson } from "@boardroom/testing";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterEach, beforeAll, expect, inject } from "vitest";
import { type Tolerance, watchPage } from "./browser/watch-page.ts";

export type Device = "phone" | "desktop";

export interface PageOptions {
  device?: Device;
  /** Who is signed in; nobody when left out. */
  person?: TestPerson;
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
  /** What may stand in the console: the browser reports each refusal that a test asks for. */
  tolerates?: readonly Tolerance[];
}

export interface TestBrowser {
  /** A page of a fresh visitor. Whatever goes wrong on it fails the test. */
  open(url: string, path: string, options?: PageOptions): Promise<Page>;
}

export const devices: Record<Device, BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Goes from file to file, as starting one takes a second, and ends with the process. */
let shared: Browser | undefined;

async function startBrowser(): Promise<Browser> {
  if (shared?.isConnected()) return shared;
  const { executablePath, env } = inject("chromium");
  shared = await chromium.launch({ executablePath, args, env: { ...definedEnv(), ...env } });
  return shared;
}

/** A browser for the file; each page is a visitor of its own. Call it once at the top. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const watched: string[][] = [];
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    const troubles = watched.splice(0).flat();
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(troubles).toEqual([]);
  });
  return {
    async open(url, path, options = {}) {
      if (!browser) throw new Error("The browser runs only within tests");
      const { device = "phone", person, colorScheme = "light", javaScriptEnabled = true, tolerates = [] } = options;
      const context = await browser.newContext({
        ...devices[device],
        baseURL: url,
        colorScheme,
        javaScriptEnabled,
        reducedMotion: "reduce",
        locale: "en-US",
        timezoneId: "UTC",
      });
      contexts.push(context);
      if (person) await context.addCookies(readCookies(person, url));
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      watched.push(watchPage(page, tolerates));
      await page.goto(path);
      if (javaScriptEnabled) await waitForHydration(page);
      return page;
    },
  };
}

/** Before React has taken over, a tap is an ordinary link or form: right, but not what most tests are about. */
export async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.documentElement).some(
      (key) => key.startsWith("__reactFiber") || key.startsWith("__reactProps"),
    ),
  );
}

function readCookies({ cookie }: TestPerson, url: string) {
  return cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
