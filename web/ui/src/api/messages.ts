// The message centre, the calendar and the channels of a person.

export interface MessageFacts {
  id: number | string;
  at: string;
  from_name: string;
  title: string;
  text: string;
  round: string;
  must_sign: boolean;
  due: string;
  read: boolean;
  state: string;
  state_text: string;
  signed_by?: string;
  signed_at?: string;
  link: string;
  receipts?: { recipients: number; read: number; signed: number } | null;
  may?: string[];
}
export interface CalendarEntry {
  day: string;
  at: string;
  round: string;
  title: string;
  what: string;
  what_text: string;
  state: 'open' | 'done' | 'late' | 'locked';
  state_text: string;
  link: string;
}
export interface Channels {
  email: string;
  phone: string;
  webhook: string;
  kinds: string[];
  version: number;
  offered: { email: boolean; sms: boolean; webhook: boolean }; // by this service
  choices: { kind: string; text: string }[];
}
