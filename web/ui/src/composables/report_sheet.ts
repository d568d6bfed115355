// The sheet of a volume report while somebody writes in it.
import type { ReportLine, ReportLot, ReportRow, VolumeReport } from '@/api/reporting';
import { asUnits, isSaid, isUnits, keyOf, linesOf, textOf } from '@/composables/report_lines';
import { grouped } from '@/composables/format';
import { t } from '@/words';
import { computed, reactive, ref } from 'vue';

export interface SheetRow extends ReportLine {
  id: string;
  content: string;
  past: string[]; // by years
  shares: ReportRow['shares'];
  open: boolean; // its brand can be written
}
export interface SheetLot {
  facts: ReportLot;
  rows: SheetRow[];
}
/** Something to mend or to explain, and the cell it is about. */
export interface SheetFinding {
  lot: string;
  lotName: string;
  text: string;
  holds: boolean;
  row: string; // id
  field: 'brand' | 'units' | 'cause' | 'remark';
}

const CAUSE_FIELDS: Record<string, SheetFinding['field']> = {
  below_floor_unsaid: 'cause', above_alarm_unsaid: 'cause', below_floor: 'cause', above_alarm: 'cause',
  remark_missing: 'remark', brand_missing: 'brand', brand_unwanted: 'brand',
};

function yearsOf(report: VolumeReport): string[] {
  const years = new Set(report.lots.flatMap((lot) => lot.rows.flatMap((row) => row.past.map((one) => String(one.year)))));
  return [...years].sort();
}

export function useReportSheet() {
  const report = ref<VolumeReport>();
  const lots = reactive<SheetLot[]>([]);
  const years = ref<string[]>([]);
  const saved = ref(textOf([])); // what the service has
  let made = 0;

  function sheetRow(line: ReportLine, facts?: ReportRow): SheetRow {
    made += 1;
    const past = years.value.map((year) => facts?.past.find((one) => String(one.year) === year)?.units ?? '');
    return { ...line, id: `row-${made}`, content: facts?.content ?? '', past, shares: facts?.shares ?? [], open: line.brand === '' || past.every((one) => !one) };
  }

  /** Shows `answer`; with `lines` those instead of what it says. */
  function take(answer: VolumeReport, lines?: ReportLine[]): void {
    report.value = answer;
    years.value = yearsOf(answer);
    saved.value = textOf(linesOf(answer));
    const wanted = new Map((lines ?? linesOf(answer)).map((one) => [keyOf(one), one]));
    lots.splice(0, lots.length, ...answer.lots.map((facts) => {
      const rows = facts.rows.map((row) => {
        const key = keyOf({ lot: facts.lot, spec: row.spec, brand: row.brand ?? '' });
        const line = wanted.get(key) ?? { lot: facts.lot, spec: row.spec, brand: row.brand ?? '', units: '', cause: '', remark: '' };
        wanted.delete(key);
        return sheetRow({ ...line }, row);
      });
      return { facts, rows };
    }));
    for (const line of wanted.values()) {
      if (isSaid(line)) lots.find((one) => one.facts.lot === line.lot)?.rows.push(sheetRow({ ...line }));
    }
  }

  const rows = computed(() => lots.flatMap((lot) => lot.rows));
  const lines = computed<ReportLine[]>(() => rows.value.map(({ lot, spec, brand, units, cause, remark }) => ({ lot, spec, brand: brand.trim(), units, cause, remark: remark.trim() })));
  const current = computed(() => textOf(lines.value));
  const dirty = computed(() => report.value !== undefined && current.value !== saved.value);
  const kept = computed(() => new Map((report.value ? linesOf(report.value) : []).map((one) => [keyOf(one), one])));
  function changed(row: SheetRow): boolean {
    const before = kept.value.get(keyOf({ ...row, brand: row.brand.trim() }));
    return !before ? isSaid(row) : before.units !== row.units || before.cause !== row.cause || before.remark !== row.remark.trim();
  }
  const changes = computed(() => rows.value.filter(changed).length);
  const filled = computed(() => lots.filter((lot) => lot.rows.some((row) => row.units !== '')).length);
  const malformed = computed(() => rows.value.filter((row) => row.units !== '' && !isUnits(row.units)));

  /** Content-weighted sum of a lot; nothing where a quantity is malformed or weights are unknown. */
  function reported(lot: SheetLot): bigint | undefined {
    let sum = 0n;
    for (const row of lot.rows) {
      if (row.units === '') continue;
      const weight = row.content || lot.rows.find((one) => one.spec === row.spec && one.content)?.content;
      if (!isUnits(row.units) || !weight || !/^\d+$/.test(weight)) return undefined;
      sum += BigInt(row.units) * BigInt(weight);
    }
    return sum;
  }

  function finding(lot: SheetLot, text: string, holds: boolean, row: SheetRow | undefined, field: SheetFinding['field']): SheetFinding {
    return { lot: lot.facts.lot, lotName: lot.facts.name, text, holds, row: (row ?? lot.rows[0])?.id ?? '', field };
  }
  /** What the service will find, as far as the page knows it while somebody types. */
  function foundHere(lot: SheetLot): SheetFinding[] {
    const found: SheetFinding[] = [];
    const sum = reported(lot);
    const said = lot.rows.some((row) => row.cause !== '');
    const { floor, alarm } = lot.facts;
    if (sum !== undefined && floor && /^\d+$/.test(floor) && sum < BigInt(floor)) {
      found.push(finding(lot, t(said ? 'report.below_floor' : 'report.below_floor_unsaid', { reported: grouped(sum), floor: grouped(floor) }), !said, undefined, 'cause'));
    }
    if (sum !== undefined && alarm && /^\d+$/.test(alarm) && sum > BigInt(alarm)) {
      found.push(finding(lot, t(said ? 'report.above_alarm' : 'report.above_alarm_unsaid', { reported: grouped(sum), alarm: grouped(alarm) }), !said, undefined, 'cause'));
    }
    for (const row of lot.rows) {
      if (row.cause === 'other' && row.remark.trim() === '') found.push(finding(lot, t('report.remark_missing'), true, row, 'remark'));
      if (report.value?.brand_rule === 'brand' && row.units !== '' && row.units !== '0' && row.brand.trim() === '') found.push(finding(lot, t('report.brand_missing', { spec: row.spec }), true, row, 'brand'));
      if (lot.rows.some((one) => one !== row && one.spec === row.spec && one.brand.trim() === row.brand.trim() && isSaid(one) && isSaid(row))) {
        found.push(finding(lot, t('report.line_twice', { spec: row.spec }), true, row, 'brand'));
      }
    }
    return found;
  }
  /** Causes that nothing asks for any more, said so that they are not handed in by mistake. */
  function idleCauses(lot: SheetLot): SheetFinding[] {
    const sum = reported(lot);
    const { floor, alarm } = lot.facts;
    if (sum === undefined || !floor || !alarm || !/^\d+$/.test(floor) || !/^\d+$/.test(alarm) || sum < BigInt(floor) || sum > BigInt(alarm)) return [];
    const said = (row: SheetRow) => report.value?.causes.find((one) => one.cause === row.cause)?.text ?? row.cause;
    return lot.rows.filter((row) => row.cause !== '').map((row) => finding(lot, t('report.cause_idle', { cause: said(row) }), false, row, 'cause'));
  }
  function findings(lot: SheetLot): SheetFinding[] {
    const wrong = lot.rows.filter((row) => row.units !== '' && !isUnits(row.units)).map((row) => finding(lot, t('report.malformed', { spec: row.spec, value: row.units }), true, row, 'units'));
    if (lot.rows.every((row) => !isSaid(row))) {
      const due = lot.facts.floor ? !/^0*$/.test(lot.facts.floor) : lot.facts.findings.some((one) => one.holds_back);
      return due ? [finding(lot, t('report.lot_unfilled'), true, undefined, 'units')] : [];
    }
    wrong.push(...idleCauses(lot));
    const touched = lot.rows.some(changed) || lot.facts.rows.length !== lot.rows.length;
    if (touched && reported(lot) !== undefined) return [...wrong, ...foundHere(lot)];
    return [
      ...wrong,
      ...lot.facts.findings.map((one) => {
        const row = lot.rows.find((candidate) => candidate.spec === one.spec && candidate.brand === (one.brand ?? ''));
        return finding(lot, one.text, one.holds_back, row, CAUSE_FIELDS[one.finding] ?? 'units');
      }),
    ];
  }
  const all = computed(() => lots.flatMap(findings));

  function addBrand(lot: SheetLot, after: SheetRow): SheetRow {
    const row = sheetRow({ lot: after.lot, spec: after.spec, brand: '', units: '', cause: '', remark: '' });
    row.content = after.content;
    row.open = true;
    lot.rows.splice(lot.rows.indexOf(after) + 1, 0, row);
    return row;
  }
  function removeRow(lot: SheetLot, row: SheetRow): void {
    lot.rows.splice(lot.rows.indexOf(row), 1);
  }
  /** The lines as the service wants them: what says nothing is left out, a cause alone means none is wanted. */
  function body(): ReportLine[] {
    return lines.value.filter(isSaid).map((one) => ({ ...one, units: one.units === '' ? '0' : one.units }));
  }
  function write(row: SheetRow, field: 'brand' | 'units' | 'cause' | 'remark', text: string): void {
    row[field] = field === 'units' ? asUnits(text) : text;
  }
  return { report, lots, years, rows, lines, dirty, changes, filled, malformed, all, take, changed, reported, findings, addBrand, removeRow, body, write };
}
export type ReportSheet = ReturnType<typeof useReportSheet>;
