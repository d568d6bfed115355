// Lots and specs of a round as sheets, and what differs between two states of one.
import type { SetupLine } from '@/api/setup';
import type { Difference } from '@/components/ConflictBox.vue';
import type { SheetColumn, SheetRow } from '@/components/edit_sheet';
import { t } from '@/words';

export function lotColumns(): SheetColumn[] {
  return [
    { name: 'lot', title: t('sheet.lot'), kind: 'text', required: true, width: '4.5em' },
    { name: 'name', title: t('sheet.name'), kind: 'text', required: true, width: '13em', grows: true },
    {
      name: 'volume_class', title: t('sheet.volume_class'), kind: 'choice', width: '7em',
      choices: [{ value: 'general', label: t('volume_class.general') }, { value: 'reduced', label: t('volume_class.reduced') }, { value: 'restricted', label: t('volume_class.restricted') }],
    },
    { name: 'base_form', title: t('sheet.base_form'), kind: 'text', width: '7em', hint: t('sheet.base_form_hint') },
    { name: 'quantity_step', title: t('sheet.quantity_step'), kind: 'exact', required: true, width: '6em', hint: t('sheet.quantity_step_hint') },
    {
      name: 'term_class', title: t('sheet.term_class'), kind: 'choice', width: '7em',
      choices: [{ value: '', label: '—' }, { value: 'general', label: t('term_class.general') }, { value: 'one_year', label: t('term_class.one_year') }],
    },
    { name: 'regions', title: t('sheet.regions'), kind: 'text', width: '10em', grows: true, hint: t('sheet.regions_hint') },
  ];
}
export function specColumns(lots: SheetRow[]): SheetColumn[] {
  return [
    { name: 'lot', title: t('sheet.lot'), kind: 'choice', required: true, width: '12em', grows: true, choices: lots.filter((row) => row.lot).map((row) => ({ value: row.lot, label: `${row.lot} ${row.name}` })) },
    { name: 'spec', title: t('sheet.spec'), kind: 'text', required: true, width: '9em', grows: true },
    { name: 'content_mg', title: t('sheet.content'), kind: 'exact', required: true, width: '6em' },
    { name: 'content_unit', title: t('sheet.content_unit'), kind: 'text', width: '4em' },
    { name: 'main_spec', title: t('sheet.main_spec'), kind: 'flag' },
    { name: 'ceiling', title: t('sheet.ceiling'), kind: 'exact', width: '7em', hint: t('sheet.ceiling_hint') },
    { name: 'fill_ml', title: t('sheet.fill_ml'), kind: 'exact', width: '5em' },
  ];
}

/** As the sheet keeps it: text; flags as 1 or empty. */
export function rowOf(columns: SheetColumn[], line: SetupLine): SheetRow {
  return Object.fromEntries(columns.map(({ name, kind }) => {
    const value = line[name];
    if (kind === 'flag') return [name, value === true || value === '1' || value === 1 ? '1' : ''];
    return [name, value === null || value === undefined ? '' : String(value)];
  }));
}
/** As the service takes it. */
export function lineOf(columns: SheetColumn[], row: SheetRow): SetupLine {
  return Object.fromEntries(columns.map(({ name, kind }) => [name, kind === 'flag' ? row[name] === '1' : row[name].trim()]));
}
export function isBlank(row: SheetRow): boolean {
  return Object.entries(row).every(([, value]) => value === '');
}

/** Cell by cell, rows matched by `keys`. */
export function differencesOf(columns: SheetColumn[], keys: string[], theirs: SheetRow[], mine: SheetRow[]): Difference[] {
  const key = (row: SheetRow) => keys.map((name) => row[name]).join(' ');
  const byKey = (rows: SheetRow[]) => new Map(rows.map((row) => [key(row), row]));
  const [before, after] = [byKey(theirs), byKey(mine)];
  const found: Difference[] = [];
  for (const one of new Set([...before.keys(), ...after.keys()])) {
    const [their, own] = [before.get(one), after.get(one)];
    if (!their || !own) {
      found.push({ where: one, theirs: their ? t('conflict.row') : '', mine: own ? t('conflict.row') : '' });
      continue;
    }
    for (const column of columns) {
      if (their[column.name] !== own[column.name]) found.push({ where: `${one} ${column.title}`, theirs: their[column.name], mine: own[column.name] });
    }
  }
  return found;
}

/** Faults of a refused save by cell: "lots.csv:5:name" is the fourth row of the sheet, line 1 being the header. */
export function faultsOf(part: string, faults: { field: string; text: string }[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const fault of faults) {
    const place = /^(\w+)\.csv:(\d+):(\w+)$/.exec(fault.field);
    if (place?.[1] === part) found[`${Number(place[2]) - 2}/${place[3]}`] = fault.text.replace(/^(“[^”]+”表第 \d+ 行：|Row \d+ of the sheet "[^"]+": )/, ''); // the cell is the place
  }
  return found;
}
