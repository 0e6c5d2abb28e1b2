#!/bin/sh
# Japan's numbers of machines (020): libphonenumber calls all of them pagers, and writes the long ones without their first zero.
#
# Expected: 020 numbers, by which SIM cards of devices are reached, are told apart from 020-4, which was for pagers, and those of 14
#   digits that begin with 0200 are as good as those of 11. A national format begins with the 0 that is dialled, for any number.
# Really, google-libphonenumber 3.2.47, libphonenumber-js 1.13.16 (full metadata) and awesome-phonenumber 7.8.0: 020 and eight digits
#   have the type PAGER. 14 digits are "possible", not valid, without a type, and the national format is 2001234567890: no zero, no
#   hyphens. The same happens to other possible numbers that no pattern fits, such as one digit too many behind 0120.
# Hurt: inventories of an operator's lines (data SIM, lifts, vending machines): numbers come back from "formatting" as numbers that
#   nobody has, and a filter against pagers throws devices away.
# Instead: keep the digits as they were given, format only where isValid, and tell 020 by the digits.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact google-libphonenumber@3.2.47 libphonenumber-js@1.13.16 awesome-phonenumber@7.8.0
cat > look.js <<'EOF'
import { parsePhoneNumber } from 'awesome-phonenumber'
import google from 'google-libphonenumber'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

const util = google.PhoneNumberUtil.getInstance()
const typeOf = (number) => Object.entries(google.PhoneNumberType).find(([, type]) => type === util.getNumberType(number))[0]
const lines = ['02012345678', '02001234567890', '01201234567', '0120123456'].map((digits) => {
  const one = util.parse(digits, 'JP')
  const other = parsePhoneNumberFromString(digits, 'JP')
  const third = parsePhoneNumber(digits, { regionCode: 'JP' })
  return [
    digits,
    `${util.isPossibleNumber(one)} ${util.isValidNumber(one)} ${typeOf(one)} ${util.format(one, google.PhoneNumberFormat.NATIONAL)}`,
    `${other.isPossible()} ${other.isValid()} ${other.getType()} ${other.formatNational()}`,
    `${third.possibility} ${third.valid} ${third.number?.national}`,
  ].join(' | ')
})
console.log('google-libphonenumber 3.2.47 | libphonenumber-js 1.13.16 | awesome-phonenumber 7.8.0 (possible, valid, type, national format)')
console.log(lines.join('\n'))
const seen = lines.map((line) => line.split(' | ').slice(1, 3).join(', '))
const expected = [
  'true true PAGER 020-1234-5678, true true PAGER 020-1234-5678',
  'true false UNKNOWN 2001234567890, true false undefined 2001234567890',
  'true false UNKNOWN 1201234567, true false undefined 1201234567',
  'true true TOLL_FREE 0120-123-456, true true TOLL_FREE 0120-123-456',
]
if (JSON.stringify(seen) !== JSON.stringify(expected)) process.exit(1)
EOF
node look.js
