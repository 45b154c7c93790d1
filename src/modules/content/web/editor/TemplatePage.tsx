import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/problem.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Fault, Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'
import { offeredLanguages } from '../list/NewTemplateDialog.tsx'
import { StatePill } from '../list/StatePill.tsx'
import { templateRoute } from '../pages.tsx'
import { ChannelForm } from './ChannelForm.tsx'
import { EmailEditor } from './EmailEditor.tsx'
import { FaultList } from './FaultList.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { TemplateMenu } from './TemplateMenu.tsx'
import { TestSendDialog } from './TestSendDialog.tsx'
import { useDraft } from './use-draft.ts'
import { VersionsPanel } from './VersionsPanel.tsx'
import '../content.css'

/** One template: written, looked at, tried, published. */
export function TemplatePage() {
  const { id } = templateRoute.useParams()
  const { language: asked } = templateRoute.useSearch()
  const found = useRoute(routes.get, { params: { id } }, { staleTime: 60_000 })
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  const template = found.data
  if (!template) return <Skeleton active paragraph={{ rows: 10 }} className="hw-page" />
  const language = template.languages.find((one) => one === asked) ?? template.languages[0] ?? 'en'
  return <Editing key={`${template.id} ${language}`} template={template} language={language} />
}

function Editing({ template, language }: { template: Template; language: string }) {
  const t = useWords(contentWords)
  const toast = useToast()
  const can = useCan()
  const names = new Intl.DisplayNames(useDisplay().language, { type: 'language' })
  const search = templateRoute.useSearch()
  const navigate = templateRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const draft = useDraft(template, language)
  const [testing, setTesting] = useState(false)
  const [faults, setFaults] = useState<Fault[]>(template.faults)
  const stale = [routes.get, routes.list, routes.versions]
  const publish = useChange(routes.publish, stale)
  const addLanguage = useChange(routes.saveDraft, stale)
  const view = search.view ?? 'edit'
  const isMail = template.channel === 'email'
  const mayWrite = can('content:write') && !template.archived
  const views = (['edit', 'code', 'preview', 'versions'] as const).filter((one) => isMail || one !== 'code')
  const send = () =>
    draft
      .flush()
      .then(() => publish.mutateAsync({ params: { id: template.id }, body: {} }))
      .then(({ name, faults: left }) => {
        setFaults(left)
        toast.done(t('published', { name }))
      })
      .catch((error: unknown) => {
        const found = error instanceof Problem ? error.facts.faults : undefined
        if (Array.isArray(found)) setFaults(found as Fault[])
        toast.failed(error)
      })
  const missing = offeredLanguages.filter((one) => !template.languages.includes(one))
  const add = (one: string) =>
    void draft
      .flush()
      .then(() =>
        addLanguage.mutateAsync({ params: { id: template.id, language: one }, body: { body: draft.body } }),
      )
      .then(() => set({ language: one }))
      .catch(toast.failed)
  return (
    <div className="hw-page content-page">
      <PageHeader
        title={template.name}
        above={<Link to="/templates">{t('back')}</Link>}
        purpose={
          <span className="content-facts">
            {t(`channel_${template.channel}`)} <StatePill template={template} />
            <span aria-live="polite">{t(draft.state)}</span>
          </span>
        }
        actions={
          mayWrite && (
            <>
              {isMail && (
                <Button onClick={() => void draft.flush().then(() => setTesting(true), toast.failed)}>
                  {t('testSend')}
                </Button>
              )}
              <TemplateMenu template={template} language={language} />
              {can('content:publish') && (
                <Button type="primary" loading={publish.isPending} onClick={() => void send()}>
                  {t('publish')}
                </Button>
              )}
            </>
          )
        }
      />
      <div className="hw-bar content-bar">
        <Segmented
          options={views.map((value) => ({ value, label: t(`view_${value}`) }))}
          value={view}
          onChange={(value) => set({ view: value === 'edit' ? undefined : (value as typeof search.view) })}
        />
        <Segmented
          options={template.languages.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={language}
          onChange={(value) => void draft.flush().then(() => set({ language: value }), toast.failed)}
        />
        {mayWrite && missing.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: missing.map((key) => ({ key, label: names.of(key) ?? key, onClick: () => add(key) })),
            }}
          >
            <Button>{t('addLanguage')}</Button>
          </Dropdown>
        )}
        {mayWrite && view === 'edit' && (
          <>
            <Button disabled={!draft.undo} onClick={draft.undo}>
              {t('undo')}
            </Button>
            <Button disabled={!draft.redo} onClick={draft.redo}>
              {t('redo')}
            </Button>
          </>
        )}
      </div>
      {view !== 'versions' && <FaultList faults={faults} />}
      {view === 'versions' ? (
        <VersionsPanel template={template} language={language} body={draft.body} />
      ) : view === 'preview' ? (
        <PreviewPanel
          template={template}
          language={language}
          body={draft.body}
          onFaults={setFaults}
          search={search}
          set={set}
        />
      ) : isMail ? (
        <EmailEditor draft={draft} isCode={view === 'code'} readOnly={!mayWrite} faults={faults} />
      ) : (
        <ChannelForm
          template={template}
          draft={draft}
          language={language}
          readOnly={!mayWrite}
          onFaults={setFaults}
        />
      )}
      {testing && (
        <TestSendDialog
          template={template}
          language={language}
          person={search.person}
          onClose={() => setTesting(false)}
        />
      )}
    </div>
  )
}
