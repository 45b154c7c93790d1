import { Form, Input, Select, Skeleton } from 'antd'
import { useMemo } from 'react'
import { routes, type Workspace } from '#modules/access/contract.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { countryChoices, currencyChoices, searchByLabel, zoneChoices } from '#web/forms/choices.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { enterAs, useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { workspaceWords } from './workspace-words.ts'

export function WorkspacePage() {
  const t = useWords(workspaceWords)
  const workspace = useRoute(routes.getWorkspace, {})
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      {workspace.error && <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />}
      {workspace.isPending && <Skeleton active className="set-form" paragraph={{ rows: 8 }} />}
      {workspace.data && <WorkspaceForm workspace={workspace.data} />}
    </div>
  )
}

type Values = Pick<Workspace, 'name' | 'timezone' | 'country' | 'currency'>

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const t = useWords(workspaceWords)
  const toast = useToast()
  const can = useCan()
  const { language } = useDisplay()
  const [zones, countries, currencies] = useMemo(
    () => [zoneChoices(language), countryChoices(language), currencyChoices(language)],
    [language],
  )
  const change = useChange(routes.changeWorkspace, [routes.getWorkspace])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (body) => {
    await change.mutateAsync({ body })
    // The top bar shows the name, every date the zone.
    enterAs(await callRoute(routes.me, {}))
    toast.done(t('saved'))
  })
  const mayWrite = can('setting:write')
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-body">
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          disabled={!mayWrite}
          initialValues={workspace}
          onFinish={submit}
        >
          <Form.Item
            name="name"
            label={t('name')}
            rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="timezone" label={t('timezone')} extra={t('timezoneHint')}>
            <Select options={zones} {...searchByLabel} />
          </Form.Item>
          <div className="hw-form-row">
            <Form.Item name="country" label={t('country')} extra={t('countryHint')}>
              <Select options={countries} {...searchByLabel} />
            </Form.Item>
            <Form.Item name="currency" label={t('currency')}>
              <Select options={currencies} {...searchByLabel} />
            </Form.Item>
          </div>
          <dl className="set-facts">
            <dt>{t('id')}</dt>
            <dd>
              <CopyText text={workspace.id} />
            </dd>
            <dt>{t('created')}</dt>
            <dd>
              <TimeText value={workspace.createdAt} as="full" />
            </dd>
          </dl>
          {error !== undefined && <ErrorState error={error} compact />}
          {mayWrite ? (
            <FormButtons action={t('save')} busy={busy} />
          ) : (
            <p className="hw-fine" style={{ marginTop: 16 }}>
              {t('readOnly')}
            </p>
          )}
        </Form>
      </div>
    </section>
  )
}
