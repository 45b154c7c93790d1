import { routes as access } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan, useMe } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { ownerWords } from '../owner-words.ts'

export type MemberOption = { value: string; label: string; name: string; hint: string }

/** Active colleagues, oneself first; none for who may not see members. */
export function useMemberOptions(): { options: MemberOption[]; loading: boolean } {
  const t = useWords(ownerWords)
  const { memberId } = useMe()
  const can = useCan()
  const query = { limit: 1000, status: 'active' as const }
  const members = useRoute(access.listMembers, { query }, { enabled: can('member:read'), staleTime: 60_000 })
  const options = (members.data?.items ?? []).map(({ id, name, department }) => ({
    value: id,
    name,
    label: id === memberId ? t('me', { name }) : name,
    hint: department?.name ?? '',
  }))
  const isMe = ({ value }: MemberOption) => Number(value === memberId)
  return { options: options.sort((a, b) => isMe(b) - isMe(a)), loading: members.isLoading }
}

/** Colleagues of one name are told apart by their department. */
export const memberSearch = {
  filterOption: (text: string, option: { label?: unknown; hint?: string } | undefined) =>
    `${option?.label} ${option?.hint ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()),
}
