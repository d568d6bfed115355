// Prices and the listing register as /openapi.json describes them. Decimals are text and stay text.
import type { Row } from '@/api/types';

export interface Ceiling {
  price: string;
  ground_kind: string;
  ground_text: string;
  ground: string;
  clause: string;
  from: string;
}
export interface Listing {
  id: number;
  product: string;
  name: string;
  spec: string;
  holder: string;
  pack_units: string;
  region: string;
  region_text: string;
  kind: string;
  kind_text: string;
  state: string;
  state_text: string;
  state_from: string;
  price: string;
  price_from: string;
  clause: string;
  version: number;
  derived_from: number;
  barred_until: string;
  relist_cap: string;
  ceilings: Ceiling[];
  versions: {
    price: string; effective: string; stated: string; ground_text: string; ground: string; clause: string;
    resets: boolean; pack_units: string; by: string; recorded_at: string;
  }[];
  events: { act_text: string; to: string; to_text: string; effective: string; reason: string; clause: string; change: string; by: string; at: string }[];
  compensations: Row[];
  may: string[];
}
export interface OrderCheck {
  allowed: boolean;
  enforced_price: string;
  clause: string;
  ground: string;
  from: string;
  text: string;
  next: string;
  ceilings: Ceiling[];
  listing: number;
}
export interface Working {
  product: { code: string; name: string; spec: string; form: string; pack_units: string; maker: string };
  as_of: string;
  region_text: string;
  policy_text: string;
  kind: string;
  kind_text: string;
  reference_unit: string;
  reference: string;
  counted: number;
  observations: (Row & { id: number; counted: boolean; used: boolean; routes_differ: boolean })[];
  history: { region: string; points: { day: string; price: string }[] }[];
  waits_for: string[];
}
