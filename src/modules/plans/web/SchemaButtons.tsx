import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type Plan, routes } from '#modules/plans/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import { saveFile } from '#ui/save-file.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { planWords } from './plan-words.ts'

/** The plan as a file, and a file as the plan. */
export function SchemaButtons({ plan, mayWrite }: { plan: Plan; mayWrite: boolean }) {
  const t = useWords(planWords)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const save = async () => {
    try {
      download('tracking-plan.schema.json', await callRoute(routes.schema, {}))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <>
      {plan.version > 0 && (
        <Button icon={<DownloadOutlined />} onClick={() => void save()}>
          {t('exportSchema')}
        </Button>
      )}
      {mayWrite && (
        <Button icon={<UploadOutlined />} onClick={() => setOpen(true)}>
          {t('importSchema')}
        </Button>
      )}
      <ImportDialog plan={plan} open={open} onClose={() => setOpen(false)} />
    </>
  )
}

function ImportDialog({ plan, open, onClose }: { plan: Plan; open: boolean; onClose: () => void }) {
  const t = useWords(planWords)
  const toast = useToast()
  const [place, setPlace] = useState<string>()
  const change = useChange(routes.importSchema, [routes.get, routes.violations])
  return (
    <FormDialog<{ text: string }>
      open={open}
      title={t('importTitle')}
      action={t('importAction')}
      width={640}
      initial={{ text: '' }}
      onSubmit={async ({ text }) => {
        const schema = JSON.parse(text) as Record<string, unknown>
        setPlace(undefined)
        await change.mutateAsync({ body: { schema, base: plan.version } }).catch((fault: unknown) => {
          if (fault instanceof Problem && fault.facts.path) setPlace(String(fault.facts.path))
          throw fault
        })
        toast.done(t('saved'))
      }}
      onClose={onClose}
    >
      <p className="hw-muted">{t('importText')}</p>
      <Form.Item
        name="text"
        validateTrigger="onSubmit"
        rules={[
          {
            validator: async (_, text: string) => {
              if (!isObject(text)) throw new Error(t('importBad'))
            },
          },
        ]}
      >
        <Input.TextArea
          className="hw-mono"
          autoSize={{ minRows: 10, maxRows: 20 }}
          aria-label={t('importTitle')}
        />
      </Form.Item>
      {place && (
        <p className="hw-fine">
          {t('place')} <code>{place}</code>
        </p>
      )}
    </FormDialog>
  )
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

const download = (name: string, content: unknown): void =>
  saveFile(new Blob([JSON.stringify(content, null, 2)], { type: 'application/schema+json' }), name)
