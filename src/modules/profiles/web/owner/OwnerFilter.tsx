import { Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useMe } from '#web/session.ts'
import { ownerWords } from '../owner-words.ts'
import { MemberLabel } from './MemberLabel.tsx'
import { memberSearch, useMemberOptions } from './member-options.ts'

type Props = { value: string | undefined; onChange: (owner: string | undefined) => void }

/** Whose people the list shows: mine, nobody's, a colleague's. In the address as `me`, `none` or a member's id. */
export function OwnerFilter({ value, onChange }: Props) {
  const t = useWords(ownerWords)
  const { memberId, seesAll } = useMe()
  const { options, loading } = useMemberOptions()
  const all = [
    { value: 'me', label: t('mine'), hint: '' },
    // Who nobody looks after is shown to those who see everybody.
    ...(seesAll ? [{ value: 'none', label: t('nobody'), hint: '' }] : []),
    ...options.filter((one) => one.value !== memberId),
  ]
  return (
    <Select
      className="people-owner-filter"
      aria-label={t('filter')}
      placeholder={t('anybody')}
      value={value}
      onChange={onChange}
      allowClear
      loading={loading}
      options={all}
      optionRender={({ data }) => <MemberLabel name={data.label} hint={data.hint} />}
      showSearch={memberSearch}
      popupMatchSelectWidth={260}
    />
  )
}

/** What the address says, as the routes take it. */
export function useOwnerQuery(inAddress: string | undefined): string | undefined {
  const { memberId } = useMe()
  return inAddress === 'me' ? (memberId ?? undefined) : inAddress
}
