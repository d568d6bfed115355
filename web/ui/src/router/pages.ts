import { cataloguePages } from '@/router/catalogue_pages';
import { pricePages } from '@/router/price_pages';
import { volumeTabs } from '@/router/volume_pages';
import type { Key } from '@/words';
import type { RouteRecordRaw } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    title?: Key;
    action?: string; // that the page needs
    private?: boolean; // needs a log-in although no particular action
    bare?: boolean; // without the shell
    parent?: string; // name of the page above, for the breadcrumb
  }
}

const setupPages: RouteRecordRaw[] = [
  { path: '', name: 'setup', component: () => import('@/pages/SetupProgress.vue'), meta: { title: 'page.setup_progress' } },
  { path: 'lots', name: 'setup-lots', component: () => import('@/pages/SetupLots.vue'), meta: { title: 'page.setup_lots' } },
  { path: 'rulebook', name: 'setup-rulebook', component: () => import('@/pages/SetupRulebook.vue'), meta: { title: 'page.setup_rulebook' } },
  { path: 'documents', name: 'setup-documents', component: () => import('@/pages/SetupDocuments.vue'), meta: { title: 'page.setup_documents' } },
];

const roundTabs: RouteRecordRaw[] = [
  { path: '', name: 'round', component: () => import('@/pages/RoundOverview.vue'), meta: { title: 'page.round_overview' } },
  { path: 'lots', name: 'lots', component: () => import('@/pages/RoundLots.vue'), meta: { title: 'page.lots' } },
  { path: 'lots/:lot', name: 'lot', component: () => import('@/pages/LotPage.vue'), meta: { title: 'page.lot', parent: 'lots' } },
  { path: 'volumes', name: 'volumes', component: () => import('@/pages/RoundVolumes.vue'), meta: { title: 'page.volumes' } },
  { path: 'supply', name: 'supply', component: () => import('@/pages/RoundSupply.vue'), meta: { title: 'page.supply' } },
  { path: 'allocations', name: 'allocations', component: () => import('@/pages/RoundAllocations.vue'), meta: { title: 'page.allocations' } },
  ...volumeTabs,
  { path: 'certificate', name: 'certificate', component: () => import('@/pages/RoundCertificate.vue'), meta: { title: 'page.certificate' } },
  { path: 'setup', component: () => import('@/pages/SetupLayout.vue'), children: setupPages, meta: { action: 'run_rounds' } },
  { path: 'inquiries', name: 'inquiries', component: () => import('@/pages/RoundInquiries.vue'), meta: { title: 'page.inquiries', private: true } },
  { path: 'commitments', name: 'commitments', component: () => import('@/pages/RoundCommitments.vue'), meta: { title: 'page.commitments', private: true } },
  { path: 'events', name: 'round-events', component: () => import('@/pages/RoundEvents.vue'), meta: { title: 'page.round_events', private: true } },
];

export const pages: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('@/pages/LoginPage.vue'), meta: { title: 'page.login', bare: true } },
  { path: '/', name: 'home', component: () => import('@/pages/HomePage.vue'), meta: { title: 'page.home', private: true } },
  { path: '/account', name: 'account', component: () => import('@/pages/AccountPage.vue'), meta: { title: 'page.account', private: true } },
  { path: '/rounds', name: 'rounds', component: () => import('@/pages/RoundsPage.vue'), meta: { title: 'page.rounds', action: 'see_rounds' } },
  { path: '/rounds/new', name: 'round-new', component: () => import('@/pages/RoundNewPage.vue'), meta: { title: 'page.round_new', action: 'run_rounds', parent: 'rounds' } },
  { path: '/messages', name: 'messages', component: () => import('@/pages/MessagesPage.vue'), meta: { title: 'page.messages', action: 'read_notices' } },
  { path: '/messages/new', name: 'message-new', component: () => import('@/pages/MessageNewPage.vue'), meta: { title: 'page.messages', action: 'send_notices', parent: 'messages' } },
  { path: '/messages/:message', name: 'message', component: () => import('@/pages/MessagePage.vue'), meta: { title: 'page.message', action: 'read_notices', parent: 'messages' } },
  { path: '/calendar', name: 'calendar', component: () => import('@/pages/CalendarPage.vue'), meta: { title: 'page.calendar', action: 'read_notices' } },
  {
    path: '/rounds/:round', component: () => import('@/pages/RoundLayout.vue'), children: roundTabs,
    meta: { action: 'see_rounds', parent: 'rounds' },
  },
  { path: '/rulebooks', name: 'rulebooks', component: () => import('@/pages/RulebooksPage.vue'), meta: { title: 'page.rulebooks', action: 'see_rulebooks' } },
  { path: '/rulebooks/:rulebook', name: 'rulebook', component: () => import('@/pages/RulebookPage.vue'), meta: { title: 'page.rulebook', action: 'see_rulebooks', parent: 'rulebooks' } },
  { path: '/rulebooks/:rulebook/differences/:other', name: 'differences', component: () => import('@/pages/RulebookDifferences.vue'), meta: { title: 'page.differences', action: 'see_rulebooks', parent: 'rulebooks' } },
  ...cataloguePages,
  ...pricePages,
  { path: '/organisations', name: 'organisations', component: () => import('@/pages/OrganisationsPage.vue'), meta: { title: 'page.organisations', action: 'see_organisations' } },
  { path: '/users', name: 'users', component: () => import('@/pages/UsersPage.vue'), meta: { title: 'page.users', action: 'see_users' } },
  { path: '/sessions', name: 'sessions', component: () => import('@/pages/SessionsPage.vue'), meta: { title: 'page.sessions', action: 'grant_roles' } },
  { path: '/keys', name: 'keys', component: () => import('@/pages/KeysPage.vue'), meta: { title: 'page.keys', action: 'manage_keys' } },
  { path: '/audit', name: 'audit', component: () => import('@/pages/AuditPage.vue'), meta: { title: 'page.audit', action: 'see_audit' } },
  { path: '/operations', name: 'operations', component: () => import('@/pages/OperationsPage.vue'), meta: { title: 'page.operations', action: 'see_operations' } },
  { path: '/clock', name: 'clock', component: () => import('@/pages/ClockPage.vue'), meta: { title: 'page.clock', action: 'run_clock' } },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/pages/MissingPage.vue'), meta: { title: 'page.missing' } },
];
