import type { Choice } from '@/components/query';
import type { Key } from '@/words';

/** One field of a FieldsDialog; `name` is the member of the body. */
export interface AskedField {
  name: string;
  label: Key;
  kind: 'text' | 'area' | 'number' | 'day' | 'choice' | 'product' | 'region';
  required?: boolean;
  hint?: Key;
  choices?: Choice[];
}
