import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import { forgetAddresses } from '#modules/dashboards/server/mail/mail-store.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/**
 * Receivers outside of the workspace may be people we know: whoever is erased gets no more mail, and no list holds their
 * address. It is not told in a person's export: that they get a board says something of the sender's business, and nothing
 * we know of them.
 */
export const mailKeeper = ({ database }: Pick<MailDeps, 'database'>): PersonalDataKeeper => ({
  name: 'board mail',
  forget: (ctx, { identifiers }) => {
    const addresses = identifiers.filter(({ kind }) => kind === 'email').map(({ value }) => value)
    return database.write(ctx, (tx) => forgetAddresses(tx, addresses))
  },
})
