import { orderFile, orderPicture } from './order-files.ts'
import { orderPage } from './order.tsx'
import { ordersPage } from './orders.tsx'

/** お申し込みの進捗 */
export const orderPages = [...ordersPage, orderPage, orderFile, orderPicture]
