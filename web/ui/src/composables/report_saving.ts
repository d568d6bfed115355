// Saving a report's draft: nothing written is lost, whoever else writes and whatever ends the session.
import { ApiError, read, write } from '@/api/http';
import type { ReportLine, VolumeReport } from '@/api/reporting';
import { keyOf, linesOf, merged, textOf, type Clash } from '@/composables/report_lines';
import type { ReportSheet } from '@/composables/report_sheet';
import { useAction } from '@/composables/action';
import { useNotices } from '@/stores/notices';
import { useSession } from '@/stores/session';
import { t } from '@/words';
import { onScopeDispose, ref, watch, type Ref } from 'vue';

const WITH_HOSPITAL = ['not_begun', 'draft', 'returned'];
const IDLE_SECONDS = 30; // after the last change a draft saves itself

export function useReportSaving(sheet: ReportSheet, address: Ref<string>, editable: Ref<boolean>) {
  const { busy, problem, run } = useAction();
  const notices = useNotices();
  const session = useSession();
  const clashes = ref<Clash[]>([]);
  const other = ref(''); // who saved in between
  const savedAt = ref('');
  let fresh: VolumeReport | undefined; // what the clashes are with
  let together: ReportLine[] = [];

  // --- the backup of this window, for a session that ends or a page that is loaded again
  const place = () => `jicai.report.${session.me.login ?? ''}.${address.value}`;
  function backUp(): void {
    if (sheet.dirty.value && editable.value) {
      sessionStorage.setItem(place(), JSON.stringify({ base: sheet.report.value ? linesOf(sheet.report.value) : [], mine: sheet.lines.value }));
    }
  }
  const dropBackUp = () => sessionStorage.removeItem(place());
  /** Takes `answer`, with what was not saved when the page was left. */
  function begin(answer: VolumeReport): void {
    const kept = sessionStorage.getItem(place());
    if (kept && !editable.value && WITH_HOSPITAL.includes(answer.status)) {
      sheet.take(answer); // too late to save: kept until leave to report late is given
      return;
    }
    if (kept && editable.value) {
      const { base, mine } = JSON.parse(kept) as { base: ReportLine[]; mine: ReportLine[] };
      const { lines } = merged(base, mine, linesOf(answer));
      if (textOf(lines) !== textOf(linesOf(answer))) {
        sheet.take(answer, lines);
        notices.say(t('report.restored'));
        return;
      }
    }
    dropBackUp();
    sheet.take(answer);
  }
  let timer = 0;
  watch(sheet.lines, () => {
    window.clearTimeout(timer);
    if (!sheet.dirty.value || !editable.value) return;
    backUp();
    timer = window.setTimeout(() => { if (!sheet.malformed.value.length && !clashes.value.length) void save(); }, IDLE_SECONDS * 1000);
  }, { deep: true });
  onScopeDispose(() => window.clearTimeout(timer));

  async function put(version: number): Promise<boolean> {
    const lines = sheet.body();
    const sent = textOf(sheet.lines.value);
    let overtaken = false;
    const answer = await run(async (intent) => {
      try {
        return await write<VolumeReport>('PUT', address.value, { lines, version }, intent);
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem.status !== 409) throw error;
        overtaken = true;
        fresh = await read<VolumeReport>(address.value);
        return fresh;
      }
    }, [lines, version]);
    if (!answer) return false;
    if (overtaken) return join(answer);
    // What was typed while the answer was on its way stays.
    const meanwhile = textOf(sheet.lines.value) === sent ? undefined : sheet.lines.value;
    sheet.take(answer, meanwhile);
    if (!meanwhile) dropBackUp();
    savedAt.value = new Date().toTimeString().slice(0, 8);
    return true;
  }

  /** Somebody saved first: what does not collide is put together and saved, the rest is asked. */
  async function join(theirs: VolumeReport): Promise<boolean> {
    if (!sheet.report.value) return false;
    const result = merged(linesOf(sheet.report.value), sheet.lines.value, linesOf(theirs));
    other.value = theirs.changed_by || t('clash.somebody');
    if (!theirs.may.includes('save')) {
      notices.say(t('clash.moved_on', { status: theirs.status_text }), 'bad');
    }
    if (result.clashes.length) {
      together = result.lines;
      clashes.value = result.clashes;
      return false;
    }
    sheet.take(theirs, result.lines);
    notices.say(t('clash.joined', { who: other.value }));
    return sheet.dirty.value ? put(theirs.version) : true;
  }
  async function decide(theirs: Set<number>): Promise<boolean> {
    if (!fresh) return false;
    for (const index of theirs) {
      const clash = clashes.value[index];
      const line = together.find((one) => keyOf(one) === clash.key);
      if (line) line[clash.field] = clash.theirs;
    }
    clashes.value = [];
    sheet.take(fresh, together);
    return sheet.dirty.value ? put(fresh.version) : true;
  }

  async function save(): Promise<boolean> {
    if (!sheet.report.value) return false;
    if (!sheet.dirty.value) return true;
    return put(sheet.report.value.version);
  }
  return { busy, problem, clashes, other, savedAt, begin, save, decide, dropBackUp };
}
