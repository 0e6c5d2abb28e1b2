/** Of readers whose own is not known. */
export const visitorTimeZone = 'Asia/Tokyo'
