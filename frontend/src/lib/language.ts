import type { Language } from "@/api/generated/types.gen";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { keep, kept } from "./storage";

/** The languages of the pages, Chinese first. */
export const languages = ["zh-CN", "en"] as const satisfies Language[];

type Catalogue = Record<string, Record<string, unknown>>;

const catalogues: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  "zh-CN": () => import("./texts/zh-CN"),
  en: () => import("./texts/en-US"),
};

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The language chosen in this browser, else the browser's own, else Chinese. */
export function firstLanguage(): Language {
  const chosen = kept("language", isLanguage);
  if (chosen !== undefined) return chosen;
  const known = navigator.languages
    .map((name) => name.slice(0, 2).toLowerCase())
    .find((name) => /^(zh|en)$/.test(name));
  return known === "en" ? "en" : "zh-CN";
}

/** Speaks the language that the person has on record, unless one was chosen in this browser. */
export async function speakUnlessChosen(language: Language): Promise<void> {
  if (kept("language", isLanguage) === undefined) await speak(language);
}

/** The language that the pages speak now. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "zh-CN";
}

/** Loads the texts of the first language and starts with them. */
export async function startLanguage(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: (await catalogues[language]()).catalogue },
    defaultNS: "common",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language of the pages and remembers it in this browser. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "common")) {
    const { catalogue } = await catalogues[language]();
    for (const [namespace, texts] of Object.entries(catalogue)) i18next.addResourceBundle(language, namespace, texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keep("language", language);
}
