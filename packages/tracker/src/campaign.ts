import { attempt, type Store } from './store.ts'

/** How somebody came: campaign and click ids of the address, and the page they came from. */
export type Touch = {
  campaign: Record<string, string>
  clickIds: Record<string, string>
  referrer: string
  url: string
  time: string | Date
}

// Google, Meta, Microsoft, TikTok, X, LinkedIn, Yandex; Baidu, Tencent (Moments and Ads), Ocean Engine.
const clickIds = /^((g|d|fb|ms|tt|tw|y)clk?id|[gw]braid|li_fat_id|bd_vid|qz_gdt|gdt_vid|clickid)$/

// An address is a stranger's text, and a cookie holds 4 kB.
const longest = 200

/** The campaign of an address; undefined when it names none. */
export function touchOf(
  query: Iterable<[string, string]>,
  at: Omit<Touch, 'campaign' | 'clickIds'>,
): Touch | undefined {
  const touch: Touch = { campaign: {}, clickIds: {}, ...at }
  let found = false
  for (const [name, value] of query) {
    const utm = /^utm_(campaign|\w{2,20})$/.exec(name)
    if (!value || !(utm || clickIds.test(name))) continue
    found = true
    if (utm) touch.campaign[utm[1] === 'campaign' ? 'name' : (utm[1] as string)] = value.slice(0, longest)
    // Click ids are matched whole or not at all; the longest known ones have about 500 characters.
    else if (value.length < 600) touch.clickIds[name] = value
  }
  return found ? touch : undefined
}

/** Keeps the first touch for ever and the last until the next; says whether that was another campaign. */
export function keepTouch(ids: Store, touch: Touch): 'same' | 'other' {
  const last = readTouch(ids, 'l')
  const text = JSON.stringify(touch)
  if (!ids.get('f')) ids.set('f', text)
  ids.set('l', text)
  // Reloading the landing page is the same campaign.
  return last && signOf(last) === signOf(touch) ? 'same' : 'other'
}

const signOf = ({ campaign, clickIds }: Touch) => JSON.stringify([campaign, clickIds])

export function readTouch(ids: Store, which: 'f' | 'l'): Touch | undefined {
  return attempt(() => JSON.parse(ids.get(which) ?? '') as Touch)
}
