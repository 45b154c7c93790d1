import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { RevealProvider } from '#modules/profiles/web/reveal/RevealProvider.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { routes, type Segment } from '../../contract.ts'
import { EditorHeader } from '../EditorHeader.tsx'
import { segmentRoute } from '../pages.tsx'
import { InAndOut } from '../SegmentCells.tsx'
import type { Draft } from '../SegmentEditor.tsx'
import { SegmentTabs } from '../SegmentTabs.tsx'
import { SizeChart } from '../SizeChart.tsx'
import { segmentWords } from '../segment-words.ts'
import { useLeaveGuard } from '../use-leave-guard.ts'
import { useRemoveSegment } from '../use-remove-segment.ts'
import { ListChanges } from './ListChanges.tsx'
import { ListPeople } from './ListPeople.tsx'
import { listWords } from './list-words.ts'
import { PeopleDialog } from './PeopleDialog.tsx'
import '../segments.css'

/** The page of a list: who is on it, and everything that was done to it. */
export function ListSegment({ list }: { list: Segment }) {
  const t = useWords(segmentWords)
  const l = useWords(listWords)
  const can = useCan()
  const toast = useToast()
  const search = segmentRoute.useSearch()
  const navigate = segmentRoute.useNavigate()
  const removeNow = useRemoveSegment(list)
  const [draft, setDraft] = useState<Draft>(list)
  // In the address, so that a reload does not lose the file that was sent.
  const setChanging = (people: 'add' | 'remove' | undefined) =>
    void navigate({ search: (now) => ({ ...now, people, upload: undefined }) })
  const update = useChange(routes.update, [routes.get, routes.list])
  const changed = draft.name.trim() !== list.name || draft.description !== list.description
  useLeaveGuard(changed)
  const save = async () => {
    const { name, description } = draft
    try {
      const saved = await update.mutateAsync({
        params: { id: list.id },
        body: { name: name.trim(), description },
      })
      toast.done(t('saved', { name: saved.name }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const obstacle = !can('segment:write')
    ? t('noRight')
    : draft.name.trim() === ''
      ? t('needName')
      : changed
        ? undefined
        : t('noChange')
  return (
    <RuleCatalogueProvider>
      <div className="hw-page segment-page">
        <EditorHeader
          segment={list}
          draft={draft}
          changed={changed}
          saving={update.isPending}
          obstacle={obstacle}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
          onSave={() => void save()}
          onDiscard={() => setDraft(list)}
          onRemove={removeNow}
          actions={
            can('segment:write') && (
              <>
                <Button icon={<MinusOutlined aria-hidden="true" />} onClick={() => setChanging('remove')}>
                  {l('remove')}
                </Button>
                <Button
                  type={changed ? 'default' : 'primary'}
                  icon={<PlusOutlined aria-hidden="true" />}
                  onClick={() => setChanging('add')}
                >
                  {l('add')}
                </Button>
              </>
            )
          }
        />
        <SegmentTabs
          segment={list}
          tab={search.tab}
          unsaved={false}
          onTab={(tab) => void navigate({ search: (old) => ({ ...old, tab }), replace: true })}
        />
        <div className="segment-columns" hidden={search.tab !== undefined}>
          <div className="segment-rule">
            <p className="hw-fine segment-rule-note">{l('purpose')}</p>
            <ListChanges list={list} />
          </div>
          <ListTotal list={list} />
          <div className="segment-side">
            <RevealProvider>
              <ListPeople list={list} />
            </RevealProvider>
          </div>
        </div>
        <PeopleDialog
          list={list}
          what={search.people}
          upload={search.upload}
          onUpload={(upload) => void navigate({ search: (now) => ({ ...now, upload }), replace: true })}
          onClose={() => setChanging(undefined)}
        />
      </div>
    </RuleCatalogueProvider>
  )
}

function ListTotal({ list }: { list: Segment }) {
  const t = useWords(segmentWords)
  const l = useWords(listWords)
  const { language } = useDisplay()
  return (
    <section className="hw-panel segment-total" aria-labelledby="list-total">
      <h2 id="list-total" className="hw-fine">
        {l('onList')}
      </h2>
      <p className="segment-total-number hw-number" aria-live="polite">
        {list.size === null ? '–' : exactNumber(list.size, language)}
      </p>
      <div className="hw-bar segment-total-change">
        <span className="hw-fine">{t('change')}</span>
        <InAndOut segment={list} />
      </div>
      <SizeChart segment={list} />
      <Stamp updatedAt={list.countedAt ? Date.parse(list.countedAt) : undefined} exact />
    </section>
  )
}
