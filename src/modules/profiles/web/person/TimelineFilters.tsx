import { Button, Input, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { dayKey } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { searchByAlias } from '#web/forms/choices.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { timelineWords } from '../timeline-words.ts'

type Search = {
  groups?: string | undefined
  names?: string | undefined
  q?: string | undefined
  day?: string | undefined
  at?: string | undefined
}
type Props = { person: Profile; search: Search; onChange: (change: Search) => void }

/** Which groups, which events, what text, from which day. Only groups that have anything are offered. */
export function TimelineFilters({ person, search, onChange }: Props) {
  const p = useWords(personWords)
  const t = useWords(timelineWords)
  const { timezone } = useDisplay()
  const params = { id: person.id }
  const groups = useRoute(routes.timelineGroups, { params }, { staleTime: 30_000 }).data?.items ?? []
  const place = { day: undefined, at: undefined }
  return (
    <div className="timeline-filters">
      <div className="hw-bar">
        <h2 className="timeline-title">{p('timeline')}</h2>
        <SearchBox
          className="timeline-search"
          value={search.q}
          label={p('searchTimeline')}
          onSearch={(q) => onChange({ q: q || undefined })}
        />
        <label htmlFor="timeline-day" className="timeline-jump">
          <span className="hw-fine">{t('jump')}</span>
          <Input
            id="timeline-day"
            type="date"
            max={dayKey(Date.now(), timezone)}
            value={search.day ?? ''}
            onChange={(event) => onChange({ at: undefined, day: event.target.value || undefined })}
          />
        </label>
        {(search.day || search.at) && (
          <Button type="link" onClick={() => onChange(place)}>
            {t('newest')}
          </Button>
        )}
      </div>
      <div className="hw-bar timeline-chips">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is shown */}
        <div className="hw-bar timeline-chips" role="group" aria-label={t('groups')}>
          <Chip
            on={!search.groups}
            label={t('group.all')}
            onClick={() => onChange({ groups: undefined, names: undefined })}
          />
          {groups.map((group) => (
            <Chip
              key={group}
              on={search.groups === group}
              label={t(`group.${group}`)}
              onClick={() => onChange({ groups: search.groups === group ? undefined : group })}
            />
          ))}
        </div>
        <span className="hw-bar-grow" />
        <EventFilter person={person} value={search.names} onChange={(names) => onChange({ names })} />
      </div>
    </div>
  )
}

type EventProps = {
  person: Profile
  value: string | undefined
  onChange: (names: string | undefined) => void
}

/** The person's own events, most frequent first. */
function EventFilter({ person, value, onChange }: EventProps) {
  const t = useWords(timelineWords)
  const { language } = useDisplay()
  const titles = useEventTitles()
  const { data } = useRoute(routes.eventNames, { params: { id: person.id } }, { staleTime: 30_000 })
  const chosen = value?.split(',').filter(Boolean) ?? []
  if (!data || (data.items.length < 2 && chosen.length === 0)) return null
  return (
    <Select
      size="small"
      mode="multiple"
      className="timeline-events"
      aria-label={t('events')}
      placeholder={t('events')}
      maxTagCount="responsive"
      value={chosen}
      options={data.items.map(({ name, count }) => ({
        value: name,
        label: `${titles.event(name)} (${shortNumber(count, language)})`,
        title: name,
        search: titles.eventAlias(name),
      }))}
      onChange={(picked: string[]) => onChange(picked.length > 0 ? picked.join(',') : undefined)}
      {...searchByAlias}
      popupMatchSelectWidth={false}
    />
  )
}

function Chip({ on, label, onClick }: { on: boolean; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className={`timeline-chip${on ? ' timeline-chip-on' : ''}`}
      aria-pressed={on}
      onClick={onClick}
    >
      {label}
    </button>
  )
}
