import { CloseOutlined, HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Tooltip } from 'antd'
import { useState } from 'react'
import { type Profile, routes as profiles } from '#modules/profiles/contract.ts'
import { pathOf } from '#platform/http/define-routes.ts'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { queryClient } from '#web/query-client.ts'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type Tag } from '../contract.ts'
import { PersonTagDrawer } from './PersonTagDrawer.tsx'
import { personTagsWords } from './person-tags-words.ts'
import { whenGiven } from './tag-validity.ts'
import './person-tags.css'

/** A person's tags: read, add, remove (with undo). */
export function PersonTags({ person }: { person: Profile }) {
  const t = useWords(personTagsWords)
  const toast = useToast()
  const may = useCan()('people:write')
  const [adding, setAdding] = useState(false)
  const [looking, setLooking] = useState(false)
  const assign = useChange(routes.assign, [
    profiles.list,
    routes.list,
    routes.ofPerson,
    routes.historyOfPerson,
  ])
  const params = { id: person.id }
  const change = async (body: { add: string[] } | { remove: string[] }) => {
    const changed = await assign.mutateAsync({ params, body })
    // The answer is the person as they are now; asking again would only be later.
    queryClient.setQueryData([pathOf(profiles.get), { params }], changed)
  }
  const put = async (tag: string) => {
    setAdding(false)
    if (tag === '' || person.tags.includes(tag)) return
    await change({ add: [tag] }).catch(toast.failed)
  }
  const remove = async (tag: string) => {
    try {
      await change({ remove: [tag] })
      toast.undo(t('removed', { tag }), () => change({ add: [tag] }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <div className="person-tags">
      <span className="hw-fine">{t('tags')}</span>
      <ul aria-label={t('tags')}>
        {person.tags.map((tag) => (
          <li key={tag} className="hw-pill hw-pill-spring">
            <span className="hw-clip">{tag}</span>
            {may && (
              <button
                type="button"
                className="person-tag-x"
                aria-label={t('remove', { tag })}
                onClick={() => void remove(tag)}
              >
                <CloseOutlined aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
        {person.tags.length === 0 && !adding && <li className="hw-fine">{t('none')}</li>}
      </ul>
      {may &&
        (adding ? (
          <AddTag taken={person.tags} onAdd={(tag) => void put(tag)} onCancel={() => setAdding(false)} />
        ) : (
          <Button
            size="small"
            type="dashed"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('add')}
          </Button>
        ))}
      <Tooltip title={t('history')}>
        <Button
          size="small"
          type="text"
          icon={<HistoryOutlined aria-hidden="true" />}
          aria-label={t('history')}
          onClick={() => setLooking(true)}
        />
      </Tooltip>
      <PersonTagDrawer person={person} open={looking} onClose={() => setLooking(false)} />
    </div>
  )
}

function AddTag({
  taken,
  onAdd,
  onCancel,
}: {
  taken: string[]
  onAdd: (tag: string) => void
  onCancel: () => void
}) {
  const t = useWords(personTagsWords)
  const { language, timezone } = useDisplay()
  const now = Date.now()
  const hintOf = (tag: Tag) => {
    const when = whenGiven(tag, now)
    if (when === 'over') return t('overText')
    if (when === 'now') return t('people', { count: shortNumber(tag.people, language) })
    return t('startText', { day: dayName(Date.parse(tag.validity.from ?? ''), timezone, language, now) })
  }
  const [text, setText] = useState('')
  const { data } = useRoute(routes.list, {}, { staleTime: 30_000 })
  const options = (data?.items ?? [])
    .filter((tag) => !tag.category && tag.archivedAt === null)
    .filter((tag) => !taken.includes(tag.name) && tag.name.toLowerCase().includes(text.trim().toLowerCase()))
    .slice(0, 30)
    .map((tag) => ({
      value: tag.name,
      label: `${tag.name} · ${hintOf(tag)}`,
      disabled: whenGiven(tag, now) !== 'now',
    }))
  return (
    <AutoComplete
      size="small"
      autoFocus
      defaultOpen
      className="person-tag-add"
      aria-label={t('add')}
      placeholder={t('placeholder')}
      value={text}
      options={options}
      onChange={setText}
      onSelect={(tag: string) => onAdd(tag)}
      onBlur={onCancel}
      onInputKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
        // Enter on a highlighted option is a choice; otherwise the typed text is a new tag.
        if (event.key === 'Enter' && !event.nativeEvent.isComposing && options.length === 0)
          onAdd(text.trim())
      }}
    />
  )
}
