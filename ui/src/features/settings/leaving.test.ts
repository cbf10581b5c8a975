import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { Session } from '$lib/session.svelte';
import { LeavingForm } from './leaving.svelte';

const ann = { id: '7', handle: 'ann', full_name: 'Ann', email: 'ann@example.com', email_verified: true, zone: 'UTC', home: null, findable: false, is_admin: false, locale: 'en', created_at: '2026-01-01T00:00:00Z', leaves_at: '2026-12-04T18:00:00Z' };

describe('deleting the account', () => {
  it('needs the password and says when the record goes', async () => {
    const { api, asked } = fakeApi({ 'POST /account/deletion': { leaves_at: ann.leaves_at } });
    const form = new LeavingForm(api, new Session(api));
    form.password = 'four random words';
    expect(await form.leave()).toBe(true);
    expect(asked.at(-1)?.body).toEqual({ password: 'four random words' });
    expect([form.goneAt, form.password]).toEqual([ann.leaves_at, '']);
  });
  it('does nothing when the password is wrong', async () => {
    const { api } = fakeApi({ 'POST /account/deletion': refuse(403, 'account.password_wrong', 'This is not your password.', 'password') });
    const form = new LeavingForm(api, new Session(api));
    expect(await form.leave()).toBe(false);
    expect([form.goneAt, form.sending.problem?.code]).toEqual([null, 'account.password_wrong']);
  });
  it('is taken back by keeping it', async () => {
    const { api } = fakeApi({ 'DELETE /account/deletion': undefined, 'GET /account': { ...ann, leaves_at: null } });
    const session = new Session(api);
    session.enter(ann);
    expect(await new LeavingForm(api, session).keep()).toBe(true);
    expect(session.account?.leaves_at).toBe(null);
  });
});
