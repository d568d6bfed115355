import { catalogueMenu } from '@/router/catalogue_pages';
import { priceMenu } from '@/router/price_pages';
import type { Key } from '@/words';
import { Bell, Calendar, Clock, Collection, Connection, DataLine, Document, HomeFilled, Key as KeyIcon, Monitor, OfficeBuilding, User } from '@element-plus/icons-vue';
import type { Component } from 'vue';

export interface MenuItem {
  to: string;
  text: Key;
  icon: Component;
  action: string;
}
export interface MenuGroup {
  text: Key;
  items: MenuItem[];
}

export const menu: MenuGroup[] = [
  {
    text: 'menu.desk',
    items: [
      { to: '/', text: 'page.home', icon: HomeFilled, action: 'manage_own_account' },
      { to: '/messages', text: 'page.messages', icon: Bell, action: 'read_notices' },
      { to: '/calendar', text: 'page.calendar', icon: Calendar, action: 'read_notices' },
    ],
  },
  {
    text: 'menu.procurement',
    items: [
      { to: '/rounds', text: 'page.rounds', icon: Collection, action: 'see_rounds' },
      { to: '/rulebooks', text: 'page.rulebooks', icon: Document, action: 'see_rulebooks' },
    ],
  },
  priceMenu,
  catalogueMenu,
  {
    text: 'menu.people',
    items: [
      { to: '/organisations', text: 'page.organisations', icon: OfficeBuilding, action: 'see_organisations' },
      { to: '/users', text: 'page.users', icon: User, action: 'see_users' },
      { to: '/sessions', text: 'page.sessions', icon: Connection, action: 'grant_roles' },
      { to: '/keys', text: 'page.keys', icon: KeyIcon, action: 'manage_keys' },
    ],
  },
  {
    text: 'menu.running',
    items: [
      { to: '/audit', text: 'page.audit', icon: DataLine, action: 'see_audit' },
      { to: '/operations', text: 'page.operations', icon: Monitor, action: 'see_operations' },
      { to: '/clock', text: 'page.clock', icon: Clock, action: 'run_clock' },
    ],
  },
];
