import type { RouteRecordRaw } from 'vue-router';

/** Pages of a round where volumes are reported and confirmed. */
export const volumeTabs: RouteRecordRaw[] = [
  { path: 'reports', name: 'reports', component: () => import('@/pages/RoundReports.vue'), meta: { title: 'page.reports' } },
  { path: 'reports/:hospital', name: 'report', component: () => import('@/pages/ReportPage.vue'), meta: { title: 'page.report', parent: 'reports' } },
  { path: 'reporting', name: 'reporting', component: () => import('@/pages/RoundReporting.vue'), meta: { title: 'page.reporting' } },
  { path: 'volume-sums', name: 'volume-sums', component: () => import('@/pages/RoundVolumeSums.vue'), meta: { title: 'page.volume_sums' } },
];
