import type { IdentitySettings } from '../kind-rules.ts'
import {
  type Apart,
  compareMoments,
  type Decision,
  type Identifier,
  type Observation,
  textOf,
} from '../observation.ts'

/**
 * The README's rules once more, written for reading and not for speed: everything is sorted, folded from scratch and
 * searched linearly. Only tests use it; it shares no code with the fold but the order of moments.
 */
export type ReferenceAnswer = { root: string; intervals: [number | null, string][]; holders: string[] }

type Person = { members: Set<string>; root: string | undefined; chosenAt: number }

export function referenceFold(
  settings: IdentitySettings,
  observations: readonly Observation[],
  decisions: readonly Decision[],
): Map<string, ReferenceAnswer> {
  const world = new World(settings, decisions)
  const sorted = [...new Map(observations.map((o) => [o.messageId, o])).values()].sort(compareMoments)
  for (const observation of sorted) world.sight(observation)
  world.pin()
  for (const observation of sorted) world.take(observation)
  return world.answers()
}

class World {
  readonly settings: IdentitySettings
  readonly live: Decision[]
  readonly apart: Apart[]
  readonly persons: Person[] = []
  readonly first = new Map<string, { time: number; messageId: string }>()
  readonly holders = new Map<string, string[]>()
  readonly switches = new Map<string, { time: number; owner: string }[]>()
  readonly setsTaken = new Set<string>()
  readonly lastClaimant = new Map<string, string>()

  constructor(settings: IdentitySettings, decisions: readonly Decision[]) {
    this.settings = settings
    const all = [...new Map(decisions.map((d) => [d.id, d])).values()]
    const cancelled = all.flatMap((d) => d.cancels)
    this.live = all
      .filter((d) => !cancelled.includes(d.id))
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    this.apart = this.live.flatMap((d) => d.apart)
    for (const d of all) for (const { members } of d.groups) for (const id of members) this.meet(textOf(id))
    for (const d of all)
      for (const { left, right } of d.apart) for (const id of [...left, ...right]) this.meet(textOf(id))
  }

  rule(id: string) {
    return this.settings.kinds[id.slice(0, id.indexOf(':'))] ?? this.settings.otherKinds
  }
  isA(kindClass: string, id: string) {
    return this.rule(id).class === kindClass
  }
  meet(id: string) {
    if (!this.persons.some((p) => p.members.has(id))) {
      this.persons.push({
        members: new Set([id]),
        root: this.isA('login', id) ? id : undefined,
        chosenAt: -Infinity,
      })
    }
  }
  home(id: string): Person {
    return this.persons.find((p) => p.members.has(id))!
  }
  logins(person: Person) {
    return [...person.members].filter((id) => this.isA('login', id)).length
  }
  compare(a: string, b: string) {
    const rank = (id: string) => ['login', 'contact', 'device'].indexOf(this.rule(id).class)
    const text = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)
    const [kindA, kindB] = [a.slice(0, a.indexOf(':')), b.slice(0, b.indexOf(':'))]
    return (
      rank(a) - rank(b) || this.rule(b).priority - this.rule(a).priority || text(kindA, kindB) || text(a, b)
    )
  }

  namesOf(o: Observation): string[] {
    const names = [...new Set(o.ids.map(textOf))]
    const login = names.find((id) => this.isA('login', id))
    return names.filter((id) => id === login || !this.isA('login', id)).sort((a, b) => this.compare(a, b))
  }
  sight(o: Observation) {
    const former = this.isA('login', this.namesOf(o)[0] ?? '') && o.previousId !== undefined
    const aliases = former ? [`user_id:${o.previousId}`, `anonymous_id:${o.previousId}`] : []
    for (const id of [...o.ids.map(textOf), ...aliases]) {
      this.meet(id)
      if (!this.first.has(id)) this.first.set(id, { time: o.time, messageId: o.messageId })
    }
  }

  pin() {
    for (const { groups } of this.live) {
      for (const { members, root, at } of groups) {
        const ids = members.map(textOf)
        for (const id of ids)
          if (this.home(id) !== this.home(ids[0]!)) this.join(this.home(ids[0]!), this.home(id))
        const person = this.home(ids[0]!)
        const sameTime = at === person.chosenAt && this.compare(person.root!, textOf(root)) <= 0
        const loses =
          at < person.chosenAt || sameTime || (this.logins(person) > 0 && !this.isA('login', textOf(root)))
        if (!loses) Object.assign(person, { root: textOf(root), chosenAt: at })
      }
    }
  }

  take(o: Observation) {
    const names = this.namesOf(o)
    if (names.length === 0) return
    const sentence = names.join('|')
    if (names.length > 1 && !this.setsTaken.has(sentence)) {
      this.setsTaken.add(sentence)
      this.takeSet(names, o)
    }
    const login = this.isA('login', names[0]!) ? names[0]! : undefined
    const devices = names.filter((id) => this.isA('device', id))
    if (login && o.previousId !== undefined && `user_id:${o.previousId}` !== login) {
      const former = `user_id:${o.previousId}`
      if (!this.setsTaken.has(`${login}<${former}`)) this.takeAlias(login, former)
      this.setsTaken.add(`${login}<${former}`)
      devices.push(`anonymous_id:${o.previousId}`)
    }
    const claimants = login ? [login] : names.filter((id) => this.isA('contact', id))
    if (claimants.length === 0) return
    for (const device of [...new Set(devices)].sort((a, b) => this.compare(a, b))) {
      if (this.lastClaimant.get(device) === claimants.join('|')) continue
      this.lastClaimant.set(device, claimants.join('|'))
      const anchor = this.anchor(claimants)
      if (anchor) this.claim(device, anchor, o.time)
    }
  }

  takeSet(names: string[], o: Observation) {
    const parts: string[][] = []
    for (const id of names) {
      const part = parts.find((p) => p.every((other) => !this.parted([other], [id], 3)))
      if (part) part.push(id)
      else parts.push([id])
    }
    for (const part of parts) {
      const anchor = this.anchor(part)
      const devices = part.filter((id) => this.isA('device', id))
      if (!anchor) {
        for (const other of devices.slice(1)) {
          const [a, b] = [this.home(this.owner(devices[0]!)), this.home(this.owner(other))]
          if (a !== b && !(this.logins(a) && this.logins(b))) this.tryJoin(a, b)
        }
        continue
      }
      for (const id of part) if (this.isA('contact', id)) this.attach(anchor, id)
      if (parts.length > 1) for (const device of devices) this.claim(device, anchor, o.time)
    }
  }

  takeAlias(login: string, former: string) {
    const [to, from] = [this.home(login), this.home(former)]
    if (to === from || this.parted(to.members, from.members)) return
    if (this.logins(to) + this.logins(from) > this.settings.maxAliasedLogins || this.overLimit(to, from))
      return
    this.join(to, from, to)
  }

  anchor(names: string[]): string | undefined {
    if (this.isA('login', names[0]!)) return names[0]
    return names.find((id) => this.isA('contact', id) && this.people(id).size === 1)
  }
  people(contact: string): Set<Person> {
    return new Set([contact, ...(this.holders.get(contact) ?? [])].map((id) => this.home(id)))
  }

  attach(anchor: string, contact: string) {
    const [to, from] = [this.home(anchor), this.home(contact)]
    if (to === from || (!this.isA('login', anchor) && this.people(contact).size > 1)) return
    if (!this.logins(to) || !this.logins(from)) {
      this.tryJoin(to, from)
      return
    }
    const holders = this.holders.get(contact) ?? []
    if (holders.some((id) => this.home(id) === to) || holders.length >= this.settings.maxHolders) return
    if (this.parted([contact], to.members, 2)) return
    this.holders.set(contact, [...holders, anchor])
  }

  owner(device: string): string {
    return this.switches.get(device)?.at(-1)?.owner ?? device
  }
  claim(device: string, anchor: string, time: number) {
    const [have, want] = [this.home(this.owner(device)), this.home(anchor)]
    if (have === want || this.parted([device], want.members, 2)) return
    const change = () =>
      this.switches.set(device, [...(this.switches.get(device) ?? []), { time, owner: anchor }])
    if (this.logins(have) && this.logins(want)) change()
    else if (!this.overLimit(have, want) && this.parted(have.members, want.members)) change()
    else this.tryJoin(have, want)
  }

  parted(a: Iterable<string>, b: Iterable<string>, reach = 1): boolean {
    const [xs, ys] = [[...a], [...b]]
    const has = (ids: Identifier[], names: string[]) => ids.some((id) => names.includes(textOf(id)))
    return this.apart
      .filter((apart) => apart.reach >= reach)
      .some(({ left, right }) => (has(left, xs) && has(right, ys)) || (has(right, xs) && has(left, ys)))
  }
  overLimit(a: Person, b: Person): boolean {
    const count = (person: Person, kind: string) =>
      [...person.members].filter((id) => id.startsWith(`${kind}:`)).length
    const kinds = new Set([...a.members, ...b.members].map((id) => id.slice(0, id.indexOf(':'))))
    return [...kinds].some((kind) => {
      const rule = this.rule(`${kind}:`)
      const [inA, inB] = [count(a, kind), count(b, kind)]
      return rule.class !== 'login' && inA > 0 && inB > 0 && inA + inB > rule.limit
    })
  }
  tryJoin(a: Person, b: Person) {
    if (!this.parted(a.members, b.members) && !this.overLimit(a, b)) this.join(a, b)
  }
  join(a: Person, b: Person, preferred?: Person) {
    const rooted = this.rooted(a, b, preferred)
    const root = rooted ? rooted.root : undefined
    this.persons.splice(this.persons.indexOf(a), 1)
    this.persons.splice(this.persons.indexOf(b), 1)
    const chosenAt = rooted?.chosenAt ?? -Infinity
    this.persons.push({
      members: new Set([...a.members, ...b.members]),
      root: root ?? this.oldestLogin(a, b),
      chosenAt,
    })
  }
  rooted(a: Person, b: Person, preferred?: Person): Person | undefined {
    const isLogin = (p: Person) => p.root !== undefined && this.isA('login', p.root)
    if (isLogin(a) !== isLogin(b)) return isLogin(a) ? a : b
    if (a.chosenAt !== b.chosenAt) return a.chosenAt > b.chosenAt ? a : b
    if (preferred || a.chosenAt === -Infinity) return preferred
    return this.compare(a.root!, b.root!) < 0 ? a : b
  }
  /** Two pinned people with logins and no choice yet: a choice follows at once, or the older stays. */
  oldestLogin(a: Person, b: Person): string | undefined {
    return a.root !== undefined && b.root !== undefined ? this.oldest([a.root, b.root]) : undefined
  }
  oldest(ids: Iterable<string>): string {
    const never = { time: Number.MAX_SAFE_INTEGER, messageId: '' }
    const first = (id: string) => this.first.get(id) ?? never
    return [...ids].sort((a, b) => compareMoments(first(a), first(b)) || this.compare(a, b))[0]!
  }

  answers(): Map<string, ReferenceAnswer> {
    const rootOf = (id: string) => this.home(id).root ?? this.oldest(this.home(id).members)
    const answers = new Map<string, ReferenceAnswer>()
    for (const { members } of this.persons) {
      for (const id of members) {
        const others = new Set((this.holders.get(id) ?? []).map(rootOf))
        others.delete(rootOf(id))
        answers.set(id, {
          root: rootOf(id),
          intervals: this.intervals(id, rootOf),
          holders: [...others].sort(),
        })
      }
    }
    return answers
  }
  intervals(id: string, rootOf: (id: string) => string): [number | null, string][] {
    const steps: [number | null, string][] = [[null, rootOf(id)]]
    for (const { time, owner } of this.switches.get(id) ?? []) steps.push([time, rootOf(owner)])
    const lasting = steps.filter(([from], i) => i === steps.length - 1 || steps[i + 1]![0] !== from)
    const changes = lasting.filter(([, root], i) => i === 0 || lasting[i - 1]![1] !== root)
    return changes.length > 1 ? changes : []
  }
}
