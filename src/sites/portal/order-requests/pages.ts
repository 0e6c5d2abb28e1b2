import { confirmOrderPage } from './confirm-order.tsx'
import { orderFormPage } from './order-form.tsx'
import { requestPage } from './request.tsx'
import { requestsPage } from './requests.tsx'

/** Order forms, and what was asked for by them. */
export const orderRequestPages = [orderFormPage, confirmOrderPage, ...requestsPage, requestPage]
