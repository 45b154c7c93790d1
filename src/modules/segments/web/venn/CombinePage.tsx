import { Link } from '@tanstack/react-router'
import { Button, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/problem.ts'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { type Region, routes } from '../../contract.ts'
import { combineRoute } from '../pages.tsx'
import { segmentWords } from '../segment-words.ts'
import { OverlapTable } from './OverlapTable.tsx'
import { regionNames, regionRule } from './region-names.ts'
import { VennPicture } from './VennPicture.tsx'
import { vennWords } from './venn-words.ts'
import '../segments.css'
import './venn.css'

const most = 8
const mostDrawn = 3

/** How segments lie across each other, exactly, and every part as a segment of its own. */
export function CombinePage() {
  const t = useWords(vennWords)
  const s = useWords(segmentWords)
  const { ids = [] } = combineRoute.useSearch()
  const navigate = combineRoute.useNavigate()
  const list = useRoute(routes.list, { query: { limit: 1000, sort: 'name' } }, { staleTime: 30_000 })
  const segments = list.data?.items ?? []
  const names = ids.map((id) => segments.find((one) => one.id === id)?.name ?? id)
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} above={<Link to="/segments">{s('back')}</Link>} />
      <Select
        {...searchByLabel}
        mode="multiple"
        className="venn-choice"
        aria-label={t('choose')}
        placeholder={t('choosePlaceholder')}
        value={ids}
        maxCount={most}
        loading={list.isLoading}
        options={segments.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(next: string[]) =>
          void navigate({ search: { ids: next.length > 0 ? next : undefined }, replace: true })
        }
      />
      {ids.length < 2 ? (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<SamplePicture />} />
      ) : (
        <>
          {ids.length <= mostDrawn ? (
            <Regions ids={ids} names={names} />
          ) : (
            <p className="hw-fine">{t('tooMany')}</p>
          )}
          {ids.length > 2 && <OverlapTable ids={ids} names={names} />}
        </>
      )}
    </div>
  )
}

function Regions({ ids, names }: { ids: string[]; names: string[] }) {
  const t = useWords(vennWords)
  const { language } = useDisplay()
  const [chosen, setChosen] = useState<string>()
  const query = useRoute(
    routes.regions,
    { body: { rules: ids.map((segment) => ({ segment })) } },
    { keep: true, staleTime: 10_000 },
  )
  if (query.error && !query.data) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data || query.data.sizes.length !== ids.length)
    return <Skeleton active paragraph={{ rows: 8 }} />
  const { regions, everyone, tookMs } = query.data
  const label = t('picture', { names: names.join(t('sep')) })
  return (
    <>
      <div className="venn-columns">
        <section className="hw-panel venn-panel">
          <VennPicture label={label} names={names} regions={regions} chosen={chosen} onChoose={setChosen} />
        </section>
        <section className="hw-panel venn-table">
          <table className="hw-table">
            <caption className="hw-sr">{label}</caption>
            <thead>
              <tr>
                <th scope="col">{t('region')}</th>
                <th scope="col" className="hw-right">
                  {t('people')}
                </th>
                <th scope="col" className="hw-right">
                  {t('share')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {regions.map((region) => (
                <RegionRow
                  key={region.in.join()}
                  ids={ids}
                  names={names}
                  region={region}
                  everyone={everyone}
                  chosen={chosen === region.in.join()}
                  onChoose={setChosen}
                />
              ))}
            </tbody>
          </table>
        </section>
      </div>
      <div className="hw-bar">
        <Stamp updatedAt={query.dataUpdatedAt} exact tookMs={tookMs} />
        <span className="hw-fine">{t('everyone', { count: exactNumber(everyone, language) })}</span>
      </div>
    </>
  )
}

type RowProps = {
  ids: string[]
  names: string[]
  region: Region
  everyone: number
  chosen: boolean
  onChoose: (key: string | undefined) => void
}

function RegionRow({ ids, names, region, everyone, chosen, onChoose }: RowProps) {
  const t = useWords(vennWords)
  const can = useCan()
  const { language } = useDisplay()
  const toast = useToast()
  const create = useChange(routes.create, [routes.list, jobs.list])
  const rule = regionRule(ids, region.in)
  const { inside, outside } = regionNames(names, region.in)
  const said = (some: string[]) => some.map((name) => t('quote', { name })).join(t('sep'))
  const key = inside.length > 1 ? (outside.length > 0 ? 'bothNot' : 'both') : 'onlyNot'
  const text = t(key, { names: said(inside), others: said(outside) })
  const count = exactNumber(region.count, language)
  const save = async () => {
    const joined = (some: string[]) => some.join(t('joinAnd'))
    const name = t(outside.length > 0 ? 'nameNot' : 'nameAnd', {
      names: joined(inside),
      others: joined(outside),
    })
    try {
      toast.done(t('saved', { name: await createFresh(create.mutateAsync, name, rule) }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <tr
      className={chosen ? 'venn-row-chosen' : undefined}
      onPointerEnter={() => onChoose(region.in.join())}
      onPointerLeave={() => onChoose(undefined)}
    >
      <th scope="row">{text}</th>
      <td className="hw-right hw-number">{count}</td>
      <td className="hw-right hw-number">{percent(everyone > 0 ? region.count / everyone : 0, language)}</td>
      <td className="venn-actions">
        <Link
          to="/people"
          search={{ rule: rule as Record<string, unknown> }}
          aria-label={t('seeLabel', { region: text, count })}
        >
          {t('see')}
        </Link>
        {can('segment:write') && (
          <Button
            size="small"
            loading={create.isPending}
            aria-label={t('saveLabel', { region: text })}
            onClick={() => void save()}
          >
            {t('save')}
          </Button>
        )}
      </td>
    </tr>
  )
}

type Create = (input: {
  body: { name: string; rule: ReturnType<typeof regionRule> }
}) => Promise<{ name: string }>

/** Under a name that is free: one click must not end in a question. */
async function createFresh(
  create: Create,
  wanted: string,
  rule: ReturnType<typeof regionRule>,
): Promise<string> {
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` ${number}`
    const name = `${wanted.slice(0, 120 - ending.length)}${ending}`
    try {
      return (await create({ body: { name, rule } })).name
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'segment.name_taken' || number > 50) throw error
    }
  }
}

function SamplePicture() {
  return (
    <svg viewBox="0 0 200 120" width="200" height="120" aria-hidden="true">
      <circle cx="78" cy="60" r="46" className="venn-circle venn-circle-0" />
      <circle cx="122" cy="60" r="46" className="venn-circle venn-circle-1" />
    </svg>
  )
}
