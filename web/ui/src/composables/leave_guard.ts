import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router';

/** Whoever leaves with changes not saved is asked; the browser asks by itself when the window closes. */
export function useLeaveGuard(dirty: Ref<boolean>) {
  const asked = ref(false);
  let answer: ((leave: boolean) => void) | undefined;

  function closing(event: BeforeUnloadEvent): void {
    if (!dirty.value) return;
    event.preventDefault();
    event.returnValue = '';
  }
  onMounted(() => window.addEventListener('beforeunload', closing));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', closing));

  function decide(leave: boolean): void {
    asked.value = false;
    answer?.(leave);
    answer = undefined;
  }
  function guard(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean | Promise<boolean> {
    // Logged out in between: what was written waits in the backup.
    if (!dirty.value || to.name === 'login' || to.path === from.path) return true;
    answer?.(false);
    asked.value = true;
    return new Promise((done) => { answer = done; });
  }
  onBeforeRouteLeave(guard);
  onBeforeRouteUpdate(guard);
  return { asked, decide };
}
