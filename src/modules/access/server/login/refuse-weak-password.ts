import { AppError } from '#platform/errors.ts'

// The most used ones of at least eight characters, from public leak statistics; shorter ones never pass the contract.
const common = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890
  0123456789 0987654321 987654321 87654321 11111111 111111111 00000000 88888888 66666666 99999999 12341234 123123123
  12344321 11223344 1122334455 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 q1w2e3r4
  asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 a1234567 a12345678 a123456789 aa123456 aa12345678 asd123456 qwe123456
  woaini1314 woaini520 5201314520 1314520520 iloveyou iloveyou1 letmein1 welcome1 welcome123 admin123 admin1234
  administrator changeme changeme1 sunshine princess football baseball superman trustno1 starwars computer internet
  whatever master123 dragon123 monkey123 michael1 jennifer charlie1 test1234 testtest test12345 zaq12wsx dearbook
  default1 secret123 headwater headwater1 headwater123`.split(/\s+/),
)

/** Refuses what anybody would try first: common passwords and one's own mail address. */
export function refuseWeakPassword(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const [account = ''] = email.split('@')
  if (!common.has(plain) && plain !== email && plain !== account && new Set(plain).size > 2) return
  throw new AppError(
    'access.weak_password',
    'invalid',
    'This password is easily guessed; choose another one.',
    {
      details: { path: '/body/password' },
    },
  )
}
