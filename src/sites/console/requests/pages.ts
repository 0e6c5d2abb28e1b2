import { acceptRequestPage } from './accept-request.tsx'
import { requestPage } from './request.tsx'
import { openRequestFilePage, requestFile } from './request-files.tsx'
import { requestsPage } from './requests.tsx'
import { returnRequestPage } from './return-request.tsx'

/** What customers have asked for by order forms. */
export const requestPages = [
  ...requestsPage,
  requestPage,
  acceptRequestPage,
  returnRequestPage,
  openRequestFilePage,
  requestFile,
]
