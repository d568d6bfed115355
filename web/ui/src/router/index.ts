import { ApiError } from '@/api/http';
import { useService } from '@/stores/service';
import { useSession } from '@/stores/session';
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

router.beforeEach(async (to) => {
  await introduce();
  const session = useSession();
  if (needsLogIn(to)) return { name: 'login', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  if (session.duty && to.name !== 'account') return { name: 'account' };
  return true;
});
