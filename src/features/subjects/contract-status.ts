/** How a contract runs, the worst first. */
export const contractStatuses = ['fault', 'works', 'suspended', 'preparing', 'normal'] as const
export type ContractStatus = (typeof contractStatuses)[number]
