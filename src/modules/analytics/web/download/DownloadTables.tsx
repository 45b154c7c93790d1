import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { RefObject } from 'react'
import { csvLine } from '#platform/sheets/csv-rows.ts'
import { useWords } from '#ui/i18n.ts'
import { fileName, saveFile } from '#ui/save-file.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callFile } from '#web/api-client.ts'
import { routes } from '../../contract.ts'
import { analyticsWords } from '../analytics-words.ts'
import { type TableCells, tableCells } from './table-cells.ts'

/** Every table that is shown, as CSV or as a workbook: with the names and in the language it is read in. */
export function DownloadTables({ shown, title }: { shown: RefObject<HTMLElement | null>; title: string }) {
  const t = useWords(analyticsWords)
  const toast = useToast()
  const tables = (): TableCells[] =>
    [...(shown.current?.querySelectorAll('table') ?? [])].map((table) => {
      const label = table.closest('[aria-label]')?.getAttribute('aria-label')
      return tableCells(table, [title, label].filter(Boolean).join(' · '))
    })
  const save = async (table: TableCells, format: 'csv' | 'xlsx') => {
    try {
      const body = { ...table, title: table.title.slice(0, 200) }
      saveFile(
        format === 'csv' ? csvOf(table) : await callFile(routes.sheet, { body }),
        fileName(table.title, format),
      )
    } catch (error) {
      toast.failed(error)
    }
  }
  const items = () =>
    tables().flatMap((table, at) =>
      (['csv', 'xlsx'] as const).map((format) => ({
        key: `${at}-${format}`,
        label: `${table.title} · ${format === 'csv' ? 'CSV' : 'Excel'}`,
        onClick: () => void save(table, format),
      })),
    )
  return (
    <Dropdown trigger={['click']} menu={{ items: items() }} destroyOnHidden>
      <Button type="link" size="small" icon={<DownloadOutlined aria-hidden="true" />}>
        {t('download')}
      </Button>
    </Dropdown>
  )
}

// Excel takes a file without the byte order mark for the local code page.
const csvOf = ({ header, rows }: TableCells): Blob =>
  new Blob(['\uFEFF', csvLine(header), ...rows.map((row) => csvLine(row))], {
    type: 'text/csv;charset=utf-8',
  })
