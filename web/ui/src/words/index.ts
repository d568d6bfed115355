// Both languages of a sentence stand under one key, so that no text exists in one language only.
import { computed, ref } from 'vue';
import account from './account.json';
import admin from './admin.json';
import catalogues from './catalogues.json';
import lists from './lists.json';
import messages from './messages.json';
import parts from './parts.json';
import prices from './prices.json';
import reporting from './reporting.json';
import rounds from './rounds.json';
import setup from './setup.json';
import sheets from './sheets.json';
import shell from './shell.json';

const table = { ...shell, ...account, ...lists, ...rounds, ...admin, ...parts, ...setup, ...messages, ...reporting, ...sheets, ...catalogues, ...prices };

export type Key = keyof typeof table;
export type Language = 'zh' | 'en';

const STORED = 'jicai.language';

function first(): Language {
  const kept = localStorage.getItem(STORED);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'zh';
}

export const language = ref<Language>(first());
export const htmlLanguage = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en'));

/** Whether somebody chose the language since the page was opened. */
export const chosenHere = ref(false);

export function keepLanguage(next: Language): void {
  language.value = next;
  localStorage.setItem(STORED, next);
}

export function setLanguage(next: Language): void {
  chosenHere.value = true;
  keepLanguage(next);
}

export function isKey(key: string): key is Key {
  return key in table;
}

/** The text of `key` with each {name} replaced by the argument of that name. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const [zh, en] = table[key] as [string, string];
  const text = language.value === 'zh' ? zh : en;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
