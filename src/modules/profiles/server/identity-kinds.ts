import { sql } from 'kysely'
import type { IdentityKind } from '#modules/profiles/contract.ts'
import { defaultIdentitySettings, type KindRule } from '#modules/profiles/identity/kind-rules.ts'
import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Identifier kinds: the built-in ones, as the workspace changed them, and its own. */
export async function listIdentityKinds(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
): Promise<{ items: IdentityKind[] }> {
  const settings = await deps.database.read(ctx, (tx) => loadIdentitySettings(tx, tx.workspace))
  const items = Object.entries(settings.kinds).map(([kind, rule]) => present(kind, rule))
  return { items: items.sort((a, b) => b.priority - a.priority || (a.kind < b.kind ? -1 : 1)) }
}

/** Adds or changes a kind. What is known stays as it was decided; the rule counts for what arrives from now on. */
export async function saveIdentityKind(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  kind: string,
  rule: KindRule,
): Promise<IdentityKind> {
  return changePeople(deps, ctx, {
    plan: (tx) => refuseNewClass(tx, kind, rule),
    carryOut: async (tx) => {
      await saveRow(tx, kind, rule)
      await deps.audit(tx, ctx, { action: 'identity_kind.saved', subject: kind, details: { ...rule } })
      // Nobody else is in the writer's turn: the next one loads the settings of this commit.
      deps.recogniser.reset()
      return { result: present(kind, rule), change: nothing(tx.workspace), shipments: [] }
    },
  })
}

/** A class decides what an identifier means in time; changing it under stored history would contradict that history. */
async function refuseNewClass(tx: Tx, kind: string, rule: KindRule): Promise<void> {
  if (isBuiltIn(kind)) {
    if (defaultIdentitySettings.kinds[kind]?.class === rule.class) return
    throw new AppError(
      'identity_kind.class_fixed',
      'invalid',
      'The class of a built-in kind cannot be changed.',
      {
        details: { path: '/body/class' },
      },
    )
  }
  const settings = await loadIdentitySettings(tx, tx.workspace)
  const before = Object.hasOwn(settings.kinds, kind) ? settings.kinds[kind] : settings.otherKinds
  if (before?.class === rule.class) return
  const used = await tx.row(sql`
    select 1 from profiles.identifier where workspace_id = ${tx.workspace} and kind = ${kind} limit 1`)
  if (used)
    throw new AppError(
      'identity_kind.in_use',
      'conflict',
      'There are identifiers of this kind already; its class is fixed.',
    )
}

async function saveRow(tx: Tx, kind: string, rule: KindRule): Promise<void> {
  await tx.run(sql`
    insert into profiles.identity_kind (workspace_id, kind, class, priority, max_per_person, blocked)
    values (${tx.workspace}, ${kind}, ${rule.class}, ${rule.priority}, ${rule.limit}, ${rule.blocked ?? []}::text[])
    on conflict (workspace_id, kind) do update set class = excluded.class, priority = excluded.priority,
      max_per_person = excluded.max_per_person, blocked = excluded.blocked`)
}

const isBuiltIn = (kind: string) => Object.hasOwn(defaultIdentitySettings.kinds, kind)

const present = (kind: string, rule: KindRule): IdentityKind => ({
  kind,
  class: rule.class,
  priority: rule.priority,
  limit: rule.limit,
  blocked: [...(rule.blocked ?? [])],
  builtIn: isBuiltIn(kind),
})
