import { editOrderPage } from './edit-order.tsx'
import { orderFile, orderPicture } from './order-files.ts'
import { orderPage } from './order.tsx'
import { ordersPage } from './orders.tsx'

/** Orders of all customers, and how far they are. */
export const orderPages = [...ordersPage, orderPage, editOrderPage, orderFile, orderPicture]
