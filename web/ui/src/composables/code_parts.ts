// How the national codes are put together: for reading, never for checking (the service checks).
import type { Key } from '@/words';

export interface CodePart {
  text: string;
  meaning: Key;
}
type Split = [number, Key][];

const DRUG: Split = [[1, 'code.western'], [5, 'code.class'], [4, 'code.name'], [4, 'code.form'], [2, 'code.spec'], [2, 'code.pack'], [5, 'code.firm']];
const PATENT: Split = [[1, 'code.tcm'], [5, 'code.class'], [5, 'code.name'], [4, 'code.spec_pack'], [5, 'code.firm']];
const CONSUMABLE: Split = [[1, 'code.consumable'], [6, 'code.class'], [3, 'code.generic'], [5, 'code.material'], [5, 'code.firm']];
const NATIONAL: Split = [[3, 'code.country'], [5, 'code.firm'], [5, 'code.product'], [1, 'code.check']];
const HOSPITAL: Split = [[1, 'code.institution'], [6, 'code.region'], [5, 'code.serial']];

function splitOf(code: string): Split | undefined {
  if (/^X[0-9A-Z]{22}$/.test(code)) return DRUG;
  if (/^Z[0-9A-Z]{19}$/.test(code)) return PATENT;
  if (/^C\d{19}$/.test(code)) return CONSUMABLE;
  if (/^C\d{26}$/.test(code)) return [...CONSUMABLE, [7, 'code.serial']];
  if (/^869\d{11}$/.test(code)) return NATIONAL;
  if (/^[HP]\d{11}$/.test(code)) return HOSPITAL;
  return undefined;
}

/** The parts of a code of a known form; nothing for others. */
export function partsOf(code: string): CodePart[] {
  let at = 0;
  return (splitOf(code) ?? []).map(([length, meaning]) => {
    const text = code.slice(at, at + length);
    at += length;
    return { text, meaning };
  });
}
