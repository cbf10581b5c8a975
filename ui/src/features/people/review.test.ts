import { describe, expect, it } from 'vitest';
import { fakeApi } from '$lib/api/fake';
import { Review } from './review.svelte';

const pair = (n: number) => ({ a_identity: `${n}1`, b_identity: `${n}2` });
const two = { items: [pair(1), pair(2)], next: null };

describe('looking at pairs', () => {
  it('goes on to the next after an answer, and remembers it on the server', async () => {
    const { api, asked } = fakeApi({ 'GET /review': two, 'POST /review': { act: '9' } });
    const review = new Review(api);
    await review.load();
    await review.answer('different');
    expect(asked[1]?.body).toEqual({ a_identity: '11', b_identity: '12', answer: 'different' });
    expect([review.count, review.pair?.a_identity]).toEqual([1, '21']);
  });
  it('can take the last answer back', async () => {
    const { api, asked } = fakeApi({ 'GET /review': two, 'POST /review': { act: '9' }, 'POST /acts/9/undo': { kind: 'answer', people: [] } });
    const review = new Review(api);
    await review.load();
    await review.answer('same');
    await review.undo();
    expect([review.pair?.a_identity, review.answered, asked.at(-1)?.path]).toEqual(['11', 0, '/acts/9/undo']);
  });
  it('looks whether there are more when the last is answered', async () => {
    let round = 0;
    const { api } = fakeApi({ 'GET /review': () => ({ items: round++ === 0 ? [pair(1)] : [pair(3)], next: null }), 'POST /review': { act: '9' } });
    const review = new Review(api);
    await review.load();
    await review.answer('same');
    expect(review.pair?.a_identity).toBe('31');
  });
  it('puts a pair one is not sure of at the end', async () => {
    const { api } = fakeApi({ 'GET /review': two });
    const review = new Review(api);
    await review.load();
    review.skip();
    expect(review.pairs?.map((each) => each.a_identity)).toEqual(['21', '11']);
  });
  it('keeps the pair when the answer could not be sent', async () => {
    const { api } = fakeApi({ 'GET /review': two });
    const review = new Review(api);
    await review.load();
    await review.answer('same');
    expect([review.count, review.problem?.status]).toEqual([2, 404]);
  });
});
