import { Button, Drawer, Form, Input, Select } from 'antd'
import { useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useChange, usePages } from '#web/use-route.ts'
import type { Board, Filters } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { LinkLine } from './LinkLine.tsx'

type Props = { board: Board; filters: Filters; open: boolean; onClose: () => void }
type Values = { days: number; password?: string }
const lengths = [1, 7, 30, 90, 365] as const

/** Makes links of a board, and lists those it has. */
export function ShareDrawer({ board, filters, open, onClose }: Props) {
  const t = useWords(dashboardsWords)
  const narrow = useIsNarrow()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('shareTitle', { name: board.name })}
      size={narrow ? '100%' : 560}
      destroyOnHidden
    >
      {open && (
        <>
          <p>{t('shareText')}</p>
          <NewLink board={board} filters={filters} />
          <LinksOf board={board} />
        </>
      )}
    </Drawer>
  )
}

function NewLink({ board, filters }: { board: Board; filters: Filters }) {
  const t = useWords(dashboardsWords)
  const toast = useToast()
  const [form] = Form.useForm<Values>()
  const create = useChange(routes.createLink, [routes.listLinks])
  const { submit, busy, error } = useSubmit<Values>(form, async ({ days, password }) => {
    await create.mutateAsync({
      params: { id: board.id },
      body: { days, filters, ...(password ? { password } : {}) },
    })
    form.resetFields(['password'])
    toast.done(t('linkMade'))
  })
  const isNarrowed = filters.range !== undefined || filters.audience !== undefined
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className="board-share"
      requiredMark={false}
      initialValues={{ days: 30 }}
      onFinish={submit}
    >
      <Form.Item name="days" label={t('days')}>
        <Select options={lengths.map((value) => ({ value, label: t(`days.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        extra={t('passwordHint')}
        rules={[{ min: 6, message: t('passwordShort') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      {isNarrowed && <p className="hw-fine">{t('shareFilters')}</p>}
      {error !== undefined && <ErrorState error={error} compact />}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('makeLink')}
      </Button>
    </Form>
  )
}

function LinksOf({ board }: { board: Board }) {
  const t = useWords(dashboardsWords)
  const source = usePages(routes.listLinks, { query: { board: board.id, limit: 100 } })
  if (source.error) return <ErrorState error={source.error} retry={source.retry} compact />
  if (source.rows.length === 0) return null
  return (
    <section aria-label={t('links')}>
      <h3>{t('links')}</h3>
      <ul className="board-links">
        {source.rows.map((link) => (
          <LinkLine key={link.id} link={link} />
        ))}
      </ul>
    </section>
  )
}
