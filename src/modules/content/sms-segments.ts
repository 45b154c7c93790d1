/** Characters of GSM 03.38 that take one place, and those of its extension, which take two. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

export type Segments = { encoding: 'gsm' | 'ucs2'; characters: number; segments: number }

/**
 * How many messages a text is sent as (3GPP TS 23.038 and 23.040): 160 places of GSM-7 or 70 of UCS-2 in one, 153 or 67
 * each in several, because a header says which part it is. What takes two places, an escaped character or a surrogate
 * pair, is never torn apart, so a part may end one place early.
 */
export function countSegments(text: string): Segments {
  const all = [...text]
  const isGsm = all.every((one) => basic.has(one) || extended.has(one))
  const places = all.map((one) => (isGsm ? (extended.has(one) ? 2 : 1) : one.length))
  const characters = places.reduce((sum, one) => sum + one, 0)
  const [alone, part] = isGsm ? [160, 153] : [70, 67]
  const encoding = isGsm ? 'gsm' : 'ucs2'
  if (characters <= alone) return { encoding, characters, segments: characters === 0 ? 0 : 1 }
  let segments = 1
  let used = 0
  for (const place of places) {
    if (used + place > part) {
      segments++
      used = 0
    }
    used += place
  }
  return { encoding, characters, segments }
}
