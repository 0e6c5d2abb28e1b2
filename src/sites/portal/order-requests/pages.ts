import { confirmOrderPage } from './confirm-order.tsx'
import { newOrdersPage } from './new-orders.tsx'
import { orderFormPage } from './order-form.tsx'
import { requestFile } from './request-file.ts'
import { requestPage } from './request.tsx'
import { requestsPage } from './requests.tsx'

/** Order forms, and what was asked for by them. */
export const orderRequestPages = [
  newOrdersPage,
  orderFormPage,
  confirmOrderPage,
  ...requestsPage,
  requestPage,
  requestFile,
]
