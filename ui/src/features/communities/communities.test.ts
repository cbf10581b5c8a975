import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { CommunityChoice, CommunityList, CommunityPage } from './communities.svelte';

const club = { id: '5', name: 'Book club', organiser: { handle: 'ann', name: 'Ann' }, standing: 'member', takes_asks: true, members: 2 };
const detail = { ...club, people: [{ handle: 'ann', name: 'Ann', standing: 'member' }] };

describe('communities', () => {
  it('are parted by whether one belongs to them', async () => {
    const { api } = fakeApi({ 'GET /communities': { items: [club, { ...club, id: '6', standing: 'invited' }], next: null } });
    const list = new CommunityList(api);
    await list.load();
    expect([list.mine.map(({ id }) => id), list.invited.map(({ id }) => id)]).toEqual([['5'], ['6']]);
  });
  it('are joined or declined', async () => {
    const { api, asked } = fakeApi({ 'GET /communities': { items: [], next: null }, 'PUT /communities/6/membership': detail, 'DELETE /communities/6/membership': undefined });
    const list = new CommunityList(api);
    expect(await list.answer('6', true)).toBe(true);
    expect(asked[0]?.body).toEqual({ takes_asks: true });
    expect(await list.answer('6', false)).toBe(true);
    expect(asked[2]?.method).toBe('DELETE');
  });
  it('are made under a name, and say what is wrong with it', async () => {
    const { api, asked } = fakeApi({ 'POST /communities': detail });
    const list = new CommunityList(api);
    list.name = ' Book club ';
    expect(await list.make()).toBe('5');
    expect(asked[0]?.body).toEqual({ name: 'Book club' });
    const bad = new CommunityList(fakeApi({ 'POST /communities': refuse(400, 'community.name', 'One line.', 'name') }).api);
    expect([await bad.make(), bad.sending.problem?.code]).toEqual([null, 'community.name']);
  });
  it('invite by a handle however it is typed', async () => {
    const { api, asked } = fakeApi({ 'GET /communities/5': detail, 'PUT /communities/5/members/bob': detail });
    const page = new CommunityPage('5', 'ann', api);
    await page.load();
    expect(page.isOrganiser).toBe(true);
    page.handle = '@Bob';
    expect(await page.invite()).toBe(true);
    expect([asked.at(-1)?.path, page.handle]).toEqual(['/communities/5/members/bob', '']);
  });
  it('are asked when there is anybody else in them, once', async () => {
    const items = [club, { ...club, id: '6', members: 1 }, { ...club, id: '7', standing: 'invited' }, { ...club, id: '8' }];
    const { api, asked } = fakeApi({ 'GET /communities': { items, next: null }, 'PUT /asks/3/communities/5': { members: 1 } });
    const choice = new CommunityChoice('3', api);
    await choice.load(['8']);
    expect(choice.all?.map(({ id }) => id)).toEqual(['5']);
    expect(choice.chosen).toBe('5');
    expect(await choice.send()).toBe(true);
    expect(asked.at(-1)?.method).toBe('PUT');
  });
});
