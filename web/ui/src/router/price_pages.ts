import type { MenuGroup } from '@/router/menu';
import { CircleCheck, Coin, List, Money, Search, Tickets, Top, Warning } from '@element-plus/icons-vue';
import type { RouteRecordRaw } from 'vue-router';

const see = 'see_prices';
const listed = 'see_listings';

export const pricePages: RouteRecordRaw[] = [
  { path: '/prices', name: 'prices', component: () => import('@/pages/PricesPage.vue'), meta: { title: 'page.prices', action: see } },
  { path: '/prices/:product', name: 'product-prices', component: () => import('@/pages/ProductPricesPage.vue'), meta: { title: 'page.product_prices', action: see, parent: 'prices' } },
  { path: '/price-reviews', name: 'price-reviews', component: () => import('@/pages/PriceReviewsPage.vue'), meta: { title: 'page.price_reviews', action: see } },
  { path: '/listings', name: 'listings', component: () => import('@/pages/ListingsPage.vue'), meta: { title: 'page.listings', action: listed } },
  { path: '/listings/:listing', name: 'listing', component: () => import('@/pages/ListingPage.vue'), meta: { title: 'page.listing', action: listed, parent: 'listings' } },
  { path: '/filed-purchases', name: 'filed-purchases', component: () => import('@/pages/FiledPurchasesPage.vue'), meta: { title: 'page.filed_purchases', action: see } },
  { path: '/price-rises', name: 'price-rises', component: () => import('@/pages/PriceRisesPage.vue'), meta: { title: 'page.price_rises', action: see } },
  { path: '/compensations', name: 'compensations', component: () => import('@/pages/CompensationsPage.vue'), meta: { title: 'page.compensations', action: see } },
  { path: '/order-check', name: 'order-check', component: () => import('@/pages/OrderCheckPage.vue'), meta: { title: 'page.order_check', action: 'check_orders' } },
  { path: '/public-prices', name: 'public-prices', component: () => import('@/pages/PublicPricesPage.vue'), meta: { title: 'page.public_prices', action: listed } },
];

export const priceMenu: MenuGroup = {
  text: 'menu.prices',
  items: [
    { to: '/prices', text: 'page.prices', icon: Coin, action: see },
    { to: '/price-reviews', text: 'page.price_reviews', icon: Warning, action: 'review_prices' },
    { to: '/listings', text: 'page.listings', icon: List, action: see },
    { to: '/filed-purchases', text: 'page.filed_purchases', icon: Tickets, action: see },
    { to: '/price-rises', text: 'page.price_rises', icon: Top, action: see },
    { to: '/compensations', text: 'page.compensations', icon: Money, action: see },
    { to: '/order-check', text: 'page.order_check', icon: CircleCheck, action: 'check_orders' },
    { to: '/public-prices', text: 'page.public_prices', icon: Search, action: listed },
  ],
};
