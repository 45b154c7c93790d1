import { Button, Input, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { dayKey } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { personWords } from '../person-words.ts'

type Search = {
  names?: string | undefined
  q?: string | undefined
  system?: boolean | undefined
  day?: string | undefined
}
type Props = { person: Profile; search: Search; onChange: (change: Search) => void }

const chipsShown = 6

/** The person's own events as chips, most frequent first; search, system records, a day to jump to. */
export function TimelineFilters({ person, search, onChange }: Props) {
  const t = useWords(personWords)
  const { timezone, language } = useDisplay()
  const { data } = useRoute(routes.eventNames, { params: { id: person.id } }, { staleTime: 30_000 })
  const names = data?.items ?? []
  const chosen = search.names?.split(',').filter(Boolean) ?? []
  const choose = (next: string[]) => onChange({ names: next.length ? next.join(',') : undefined })
  const toggle = (name: string) =>
    choose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  const others = names.slice(chipsShown)
  return (
    <div className="timeline-filters">
      <div className="hw-bar">
        <h2 className="timeline-title">{t('timeline')}</h2>
        <SearchBox
          className="timeline-search"
          value={search.q}
          label={t('searchTimeline')}
          onSearch={(q) => onChange({ q: q || undefined })}
        />
        <label htmlFor="timeline-day" className="timeline-jump">
          <span className="hw-fine">{t('jump')}</span>
          <Input
            id="timeline-day"
            type="date"
            max={dayKey(Date.now(), timezone)}
            value={search.day ?? ''}
            onChange={(event) => onChange({ day: event.target.value || undefined })}
          />
        </label>
        {search.day && (
          <Button type="link" onClick={() => onChange({ day: undefined })}>
            {t('jumpClear')}
          </Button>
        )}
      </div>
      <div className="hw-bar timeline-chips">
        <Chip on={chosen.length === 0} label={t('all')} onClick={() => choose([])} />
        {names.slice(0, chipsShown).map(({ name, count }) => (
          <Chip
            key={name}
            on={chosen.includes(name)}
            label={name}
            count={shortNumber(count, language)}
            onClick={() => toggle(name)}
          />
        ))}
        {others.length > 0 && (
          <Select
            size="small"
            mode="multiple"
            variant="filled"
            className="timeline-others"
            aria-label={t('otherEvents')}
            placeholder={t('otherEvents')}
            value={chosen.filter((name) => others.some((other) => other.name === name))}
            options={others.map(({ name, count }) => ({
              value: name,
              label: `${name} (${shortNumber(count, language)})`,
            }))}
            onChange={(picked: string[]) =>
              choose([...chosen.filter((name) => !others.some((other) => other.name === name)), ...picked])
            }
            popupMatchSelectWidth={false}
          />
        )}
        <span className="hw-bar-grow" />
        <Chip
          on={search.system === true}
          label={t('system')}
          title={t('systemHint')}
          onClick={() => onChange({ system: search.system ? undefined : true })}
        />
      </div>
    </div>
  )
}

function Chip({
  on,
  label,
  count,
  title,
  onClick,
}: {
  on: boolean
  label: string
  count?: string
  title?: string
  onClick: () => void
}) {
  return (
    <button
      type="button"
      className={`timeline-chip${on ? ' timeline-chip-on' : ''}`}
      aria-pressed={on}
      title={title}
      onClick={onClick}
    >
      <span className="hw-clip">{label}</span>
      {count !== undefined && <span className="timeline-chip-count">{count}</span>}
    </button>
  )
}
