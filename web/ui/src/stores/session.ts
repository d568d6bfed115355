import { hooks, newIntent, read, write, type Problem } from '@/api/http';
import type { Me } from '@/api/types';
import { chosenHere, keepLanguage, language, setLanguage, type Language } from '@/words';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

const SEEN = 'jicai.seen';

export const useSession = defineStore('session', () => {
  const me = ref<Me>({ logged_in: false });
  const known = ref(false);
  /** Why the last session ended, for the log-in page. */
  const ended = ref<'' | 'idle' | 'refused' | 'replaced'>('');
  const actions = computed(() => new Set(me.value.actions ?? []));

  function can(action: string): boolean {
    return actions.value.has(action);
  }
  function take(answer: Me): void {
    if (answer.replaced && ended.value !== 'idle') ended.value = 'replaced';
    else if (me.value.logged_in && !answer.logged_in) ended.value = 'refused';
    me.value = answer;
    known.value = true;
    touch();
  }
  /** Other windows of the same browser share the session, so they share the time too. */
  function touch(): void {
    localStorage.setItem(SEEN, String(Date.now()));
  }
  function seenAt(): number {
    return Number(localStorage.getItem(SEEN) ?? Date.now());
  }
  function forget(why: '' | 'idle' | 'refused' | 'replaced' = ''): void {
    if (me.value.logged_in) ended.value = why;
    me.value = { logged_in: false };
    known.value = false; // what the public may do is asked anew
  }

  async function load(): Promise<void> {
    take(await read<Me>('/api/session'));
  }
  async function logIn(login: string, password: string, code: string): Promise<void> {
    const body = code ? { login, password, code } : { login, password };
    take(await write<Me>('POST', '/api/session', body, newIntent()));
    ended.value = '';
    // The person's own language, unless another was chosen on the way in.
    // (Refused until a first password is changed; the page goes on in it all the same.)
    if (chosenHere.value) await speak(language.value).catch(() => undefined);
    else if (me.value.language) keepLanguage(me.value.language);
  }
  async function logOut(): Promise<void> {
    await write('DELETE', '/api/session', undefined, newIntent());
    forget();
    await load();
  }
  async function speak(next: Language): Promise<void> {
    setLanguage(next);
    if (me.value.logged_in) {
      await write('PUT', '/api/session/language', { language: next }, newIntent());
      await load();
    }
  }

  /** Where someone has to go before anything else is allowed. */
  const duty = computed<'' | 'password' | 'second-factor'>(() => {
    if (!me.value.logged_in) return '';
    if (me.value.must_change_password) return 'password';
    const factor = me.value.second_factor;
    return factor?.needed && !factor.enrolled ? 'second-factor' : '';
  });

  hooks.csrf = () => me.value.csrf ?? '';
  hooks.answered = () => { if (me.value.logged_in) touch(); };
  hooks.refused = (problem: Problem) => {
    if (problem.status === 401 && me.value.logged_in) forget(problem.key === 'session.replaced' ? 'replaced' : 'refused');
    // Logged in anew in another window: the next try has the new token.
    if (problem.key === 'access.csrf') void load().catch(() => undefined);
    if (problem.key === 'session.password_expired') me.value = { ...me.value, must_change_password: true };
  };

  return { me, known, ended, language, duty, can, load, logIn, logOut, speak, forget, touch, seenAt };
});
