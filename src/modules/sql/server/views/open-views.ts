import { type Span, SqlFault } from '#modules/sql/server/language/fault.ts'
import type { OpenView } from '#modules/sql/server/language/scope.ts'
import { allViews, companiesView, rowsOf } from '#modules/sql/server/views/catalogue.ts'
import { shownPath, shownText } from '#modules/sql/server/views/mask-sql.ts'
import type { ViewColumn, ViewInfo, ViewSetting } from '#modules/sql/server/views/view-setting.ts'

export const findView = (name: string): ViewInfo | undefined => allViews.find((view) => view.name === name)

/** A view for who asks: its columns, masked where they see masked, and its rows behind the wall. */
export function openView(setting: ViewSetting, name: string, span: Span): OpenView {
  const view = findView(name)
  if (!view)
    throw new SqlFault(
      'view_unknown',
      span,
      `There is no view “${name}”. There are ${allViews.map((one) => one.name).join(', ')}.`,
      name,
    )
  if (view.needs && !setting.ctx.permissions.has(view.needs))
    throw new SqlFault('view_denied', span, `The view ${name} needs the right ${view.needs}.`, view.needs)
  const mask = view === companiesView ? setting.companyMask : setting.mask
  const own: ViewSetting = { ...setting, mask }
  const find = (column: string) => view.columns.find((one) => one.name === column)
  return {
    name,
    columns: columnsOf(view, mask)
      .filter(({ large }) => !large)
      .map((column) => column.name),
    column: (wanted, at) => {
      const column = find(wanted)
      if (!column) return undefined
      if (!isShown(column, mask)) throw masked(wanted, at)
      const sql = column.sql(own)
      if (column.hide === 'each') return mask.full ? sql : `arrayMap(y -> ${shownText(own, 'y')}, ${sql})`
      return column.hide === 'looks' ? shownText(own, sql) : sql
    },
    key: (wanted) => find(wanted)?.key?.(own),
    keyOf: (text) => {
      const person = setting.personId.decode(text)
      return person === undefined ? undefined : setting.bindings.bind('UInt64', person)
    },
    roots: view.roots,
    ...(view.roots.length > 0
      ? {
          path: (path, reading, at) => {
            if (!mask.full && (mask.isNamed(path) || mask.text(path) !== path)) throw masked(path, at)
            return shownPath(own, view.roots.includes('props') ? 'props' : 'attrs', path, reading)
          },
        }
      : {}),
    rows: (narrowed) => rowsOf(view, setting, narrowed),
  }
}

/** Columns a reader may name. */
export const columnsOf = (view: ViewInfo, mask: ViewSetting['mask']): ViewColumn[] =>
  view.columns.filter((column) => isShown(column, mask))

function isShown(column: ViewColumn, mask: ViewSetting['mask']): boolean {
  if (mask.full) return true
  return column.hide !== 'full' && !mask.isNamed(column.name)
}

const masked = (name: string, span: Span) =>
  new SqlFault('column_masked', span, `You see “${name}” masked, so it cannot be asked for here.`, name)
