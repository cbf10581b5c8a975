import { describe, expect, it } from 'vitest';
import { fakeApi } from '$lib/api/fake';
import { Review } from './review.svelte';

const pair = (n: number) => ({ a_identity: `${n}1`, b_identity: `${n}2` });
const two = { items: [pair(1), pair(2)], next: null };

describe('looking at pairs', () => {
  it('goes on to the next after an answer, and remembers it on the server', async () => {
    const { api, asked } = fakeApi({ 'GET /review': two, 'POST /review': undefined });
    const review = new Review(api);
    await review.load();
    await review.answer('different');
    expect(asked[1]?.body).toEqual({ a_identity: '11', b_identity: '12', answer: 'different' });
    expect([review.count, review.pair?.a_identity]).toEqual([1, '21']);
  });
  it('can take the last answer back', async () => {
    const { api, asked } = fakeApi({ 'GET /review': two, 'POST /review': undefined, 'DELETE /decisions/11/12': undefined });
    const review = new Review(api);
    await review.load();
    await review.answer('same');
    await review.undo();
    expect([review.pair?.a_identity, review.answered, asked.at(-1)?.method]).toEqual(['11', 0, 'DELETE']);
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
