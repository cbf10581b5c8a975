import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { WallForm } from './wall.svelte';

const kept = { sentences: ['Call before you write.'], strip: false, shared: false };

describe('the five sentences', () => {
  it('fill their lines, and go back without the empty ones', async () => {
    const { api, asked } = fakeApi({ 'GET /wall': kept, 'PUT /wall': { ...kept, sentences: [...kept.sentences, 'Go to them.'] } });
    const form = new WallForm(api);
    await form.load();
    expect(form.lines).toEqual(['Call before you write.', '', '', '', '']);
    form.pick('Go to them.');
    form.pick('Go to them.');
    form.lines[3] = '   ';
    expect(await form.save()).toBe(true);
    expect(asked.at(-1)?.body).toEqual({ sentences: ['Call before you write.', 'Go to them.'], strip: false });
    expect(form.isWritten).toBe(true);
  });
  it('are picked only while a line is free', async () => {
    const { api } = fakeApi({ 'GET /wall': { ...kept, sentences: ['1', '2', '3', '4', '5'] } });
    const form = new WallForm(api);
    await form.load();
    form.pick('Go to them.');
    expect(form.lines).toEqual(['1', '2', '3', '4', '5']);
  });
  it('have an address that is shown once and can be ended', async () => {
    const { api } = fakeApi({ 'GET /wall': kept, 'POST /wall/link': { url: 'https://example.org/wall/x.pdf' }, 'DELETE /wall/link': null });
    const form = new WallForm(api);
    await form.load();
    await form.share();
    expect([form.url, form.kept?.shared]).toEqual(['https://example.org/wall/x.pdf', true]);
    await form.unshare();
    expect([form.url, form.kept?.shared]).toEqual([null, false]);
  });
  it('stay as typed when the server says no', async () => {
    const { api } = fakeApi({ 'GET /wall': kept, 'PUT /wall': refuse(400, 'wall.sentence', 'A sentence is one line.') });
    const form = new WallForm(api);
    await form.load();
    form.lines[1] = 'two';
    expect(await form.save()).toBe(false);
    expect([form.lines[1], form.sending.problem?.code]).toEqual(['two', 'wall.sentence']);
  });
});
