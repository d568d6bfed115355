import type { MenuGroup } from '@/router/menu';
import { Calendar, FirstAidKit, Location, Goods, UploadFilled } from '@element-plus/icons-vue';
import type { RouteRecordRaw } from 'vue-router';

const see = 'see_catalogues';

export const cataloguePages: RouteRecordRaw[] = [
  { path: '/hospitals', name: 'hospitals', component: () => import('@/pages/HospitalsPage.vue'), meta: { title: 'page.hospitals', action: see } },
  { path: '/products', name: 'products', component: () => import('@/pages/ProductsPage.vue'), meta: { title: 'page.products', action: see } },
  { path: '/product-kinds', name: 'product-kinds', component: () => import('@/pages/ProductKindsPage.vue'), meta: { title: 'page.product_kinds', action: see, parent: 'products' } },
  { path: '/regions', name: 'regions', component: () => import('@/pages/RegionsPage.vue'), meta: { title: 'page.regions', action: see } },
  { path: '/holidays', name: 'holidays', component: () => import('@/pages/HolidaysPage.vue'), meta: { title: 'page.holidays', action: see } },
  { path: '/tables', name: 'tables', component: () => import('@/pages/TablesPage.vue'), meta: { title: 'page.tables', action: 'upload_tables' } },
  { path: '/tables/:table', name: 'table', component: () => import('@/pages/TablePage.vue'), meta: { title: 'page.table', action: 'upload_tables', parent: 'tables' } },
  { path: '/imports/:id', name: 'import', component: () => import('@/pages/ImportPage.vue'), meta: { title: 'page.import', action: 'upload_tables', parent: 'tables' } },
];

export const catalogueMenu: MenuGroup = {
  text: 'menu.catalogues',
  items: [
    { to: '/hospitals', text: 'page.hospitals', icon: FirstAidKit, action: see },
    { to: '/products', text: 'page.products', icon: Goods, action: see },
    { to: '/regions', text: 'page.regions', icon: Location, action: see },
    { to: '/holidays', text: 'page.holidays', icon: Calendar, action: see },
    { to: '/tables', text: 'page.tables', icon: UploadFilled, action: 'upload_tables' },
  ],
};
