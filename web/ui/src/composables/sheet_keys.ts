// A table of inputs that answers the keyboard as a spreadsheet does. Cells carry data-r (row) and
// data-c (column); Tab is the browser's own.
import { cellsOf } from '@/components/edit_sheet';
import type { Ref } from 'vue';

export interface Pasted {
  at: { row: number; column: string };
  cells: string[][];
}

export function useSheetKeys(place: Ref<HTMLElement | undefined>, paste: (block: Pasted) => void) {
  function cell(row: number, column: string): HTMLElement | null {
    return place.value?.querySelector<HTMLElement>(`[data-r="${row}"][data-c="${column}"]`) ?? null;
  }
  function enter(to: HTMLElement | null): boolean {
    if (!to) return false;
    to.focus();
    if (to instanceof HTMLInputElement) to.select();
    to.scrollIntoView({ block: 'nearest' });
    return true;
  }
  function where(event: Event) {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-r]');
    return at ? { at, row: Number(at.dataset.r), column: at.dataset.c ?? '' } : undefined;
  }
  function aside(at: HTMLElement, step: 1 | -1): HTMLElement | null {
    const cells = [...(place.value?.querySelectorAll<HTMLElement>('[data-r]') ?? [])];
    const next = cells[cells.indexOf(at) + step];
    return next?.dataset.r === at.dataset.r ? next : null;
  }

  function pressed(event: KeyboardEvent): void {
    const from = where(event);
    if (!from || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { at, row, column } = from;
    const input = at instanceof HTMLInputElement ? at : undefined;
    let moved = false;
    if (event.key === 'Enter') moved = enter(cell(row + (event.shiftKey ? -1 : 1), column)) || true;
    else if (input && event.key === 'ArrowDown') moved = enter(cell(row + 1, column)) || true;
    else if (input && event.key === 'ArrowUp') moved = enter(cell(row - 1, column)) || true;
    else if (input && event.key === 'ArrowRight' && input.selectionEnd === input.value.length) moved = enter(aside(at, 1));
    else if (input && event.key === 'ArrowLeft' && input.selectionStart === 0) moved = enter(aside(at, -1));
    if (moved) event.preventDefault();
  }

  function pasted(event: ClipboardEvent): void {
    const from = where(event);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!from || !/[\t\r\n]/.test(text.replace(/[\r\n]+$/, '')) ) return;
    event.preventDefault();
    paste({ at: { row: from.row, column: from.column }, cells: cellsOf(text) });
  }
  return { pressed, pasted, enter, cell };
}
