/** The workspace a request or job acts in; `num` never leaves the program, `id` is the public one. */
export type WorkspaceRef = { num: number; id: string; timezone: string }

/** Who acts: a member logged in by browser, a management API key, or the program itself. */
export type Actor =
  | { kind: 'member'; userId: string; memberId: string; name: string }
  | { kind: 'api_key'; keyId: string; name: string }
  | { kind: 'user'; userId: string; name: string } // logged in, no workspace chosen
  | { kind: 'system'; name: string }

/** What is kept of an actor besides what they did. */
export type ActorName = Pick<Actor, 'kind' | 'name'>

/** Who it was, for a reader: a key is called one, so that its name is not taken for a person's. */
export function sayActor({ kind, name }: ActorName, language: 'en' | 'zh'): string {
  if (kind !== 'api_key') return name
  return language === 'zh' ? `API 密钥“${name}”` : `API key “${name}”`
}

/** Names whoever did something, so that it is found again as theirs. */
export function actorKey(actor: Actor): string {
  if (actor.kind === 'member') return actor.memberId
  return actor.kind === 'api_key' ? actor.keyId : actor.kind
}

/** Rows a role may see: everything, or only those of some owners and departments. */
export type DataScope = { all: true } | { all: false; memberIds: string[]; departmentIds: string[] }

/** First argument of every use-case: who, where, with which rights, in which language, at what time. */
export type Ctx = {
  requestId: string
  actor: Actor
  permissions: ReadonlySet<string>
  scope: DataScope
  language: 'en' | 'zh'
  now: number
  signal?: AbortSignal
  /** How long whoever asked waits for a turn before they would rather be told to come back; jobs wait for ever. */
  patienceMs?: number
  /** How personal data is seen, where it is not told by who acts: background work is done with the rights of who asked. */
  sight?: 'full' | 'reveal' | 'blind'
  /** The try of a repeatable request this work belongs to; its transactions note that they were committed. */
  idempotency?: { key: string; attempt: string }
}

/** A context inside a workspace; the database handle takes the wall from here. */
export type WorkspaceCtx = Ctx & { workspace: WorkspaceRef }

/** Context of work the program does on its own behalf inside one workspace. */
export function systemCtx(workspace: WorkspaceRef, now: number, name: string): WorkspaceCtx {
  return {
    requestId: name,
    actor: { kind: 'system', name },
    permissions: new Set(),
    scope: { all: true },
    language: 'en',
    now,
    workspace,
  }
}
