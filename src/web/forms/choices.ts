import { zoneName } from '#ui/format-time.ts'
import type { Language } from '#ui/i18n.ts'

export type Choice = { value: string; label: string }
const locale = { zh: 'zh-Hans', en: 'en' } as const

// ISO 3166-1; Intl can name regions but not list them.
const regions =
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GF GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS YE ZA ZM ZW'.split(
    ' ',
  )

export function countryChoices(language: Language): Choice[] {
  const names = new Intl.DisplayNames(locale[language], { type: 'region' })
  const order = new Intl.Collator(locale[language])
  return regions
    .map((value) => ({ value, label: `${names.of(value) ?? value} ${value}` }))
    .sort((a, b) => order.compare(a.label, b.label))
}

export function currencyChoices(language: Language): Choice[] {
  const names = new Intl.DisplayNames(locale[language], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((value) => ({
    value,
    label: `${value} ${names.of(value) ?? ''}`.trim(),
  }))
}

/** IANA zones with their present offset; browsers leave UTC out of the list. */
export function zoneChoices(language: Language): Choice[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((value) => ({
    value,
    label: value === 'UTC' ? value : `${value} (${zoneName(value, language)})`,
  }))
}

export const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** For a searchable Select: what is typed stands anywhere in the label. */
export const searchByLabel = { showSearch: { optionFilterProp: 'label' } } as const

type Aliased = { label?: unknown; title?: unknown; search?: unknown }

/** For a Select of things with several names: also what stands in `title` and `search`. */
export const searchByAlias = {
  showSearch: {
    filterOption: (typed: string, option: Aliased | undefined) =>
      `${option?.label} ${option?.title ?? ''} ${option?.search ?? ''}`
        .toLowerCase()
        .includes(typed.trim().toLowerCase()),
  },
}
