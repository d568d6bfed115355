import { ApiError } from '@/api/http';
import { useService } from '@/stores/service';
import { useSession } from '@/stores/session';
import { nextTick } from 'vue';
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router';
import { pages } from './pages';

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? false : { top: 0 }),
});

/** Who asks is settled before the first page; without an answer the page itself says what is wrong. */
async function introduce(): Promise<void> {
  const session = useSession();
  if (session.known) return;
  try {
    await Promise.all([session.load(), useService().load()]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function needsLogIn(to: RouteLocationNormalized): boolean {
  const session = useSession();
  if (session.me.logged_in || !session.known) return false;
  return to.matched.some(({ meta }) => meta.private || (meta.action && !session.can(meta.action)));
}

router.beforeEach(async (to, from) => {
  await introduce();
  const session = useSession();
  // Pages that are public too would not notice that the session ended elsewhere.
  if (session.me.logged_in && from.matched.length) void session.load().catch(() => undefined);
  if (needsLogIn(to)) return { name: 'login', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  if (session.duty && to.name !== 'account') return { name: 'account' };
  return true;
});

// Whoever works by keyboard goes on in the new page, not in the menu and not at the very top.
router.afterEach((to, from) => {
  if (to.path === from.path || from.matched.length === 0) return;
  void nextTick(() => {
    const at = document.activeElement;
    if (at === document.body || at?.closest('nav.menu')) document.getElementById('content')?.focus({ preventScroll: true });
  });
});
