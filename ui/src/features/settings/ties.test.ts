import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { TiesForm } from './settings.svelte';

describe('who knows whom', () => {
  it('is told only after a yes, which can be taken back', async () => {
    const { api, asked } = fakeApi({ 'GET /mutual-ties': { shown: false }, 'PUT /mutual-ties': ({ body }: { body: unknown }) => body });
    const form = new TiesForm(api);
    await form.load();
    expect(form.shown).toBe(false);
    expect(await form.show(true)).toBe(true);
    expect([asked.at(-1)?.body, form.shown]).toEqual([{ shown: true }, true]);
    await form.show(false);
    expect(form.shown).toBe(false);
  });
  it('stays as it was when the server says no', async () => {
    const { api } = fakeApi({ 'GET /mutual-ties': { shown: false }, 'PUT /mutual-ties': refuse(503, 'server.busy', 'Later.') });
    const form = new TiesForm(api);
    await form.load();
    expect(await form.show(true)).toBe(false);
    expect([form.shown, form.saving.problem?.code]).toEqual([false, 'server.busy']);
  });
});
