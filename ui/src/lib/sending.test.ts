import { describe, expect, it } from 'vitest';
import { Latest, Sending } from './sending.svelte';

/** An answer that comes when it is told to. */
function later<T>() {
  let come!: (answer: T) => void;
  let fail!: (cause: Error) => void;
  const answer = new Promise<T>((resolve, reject) => ([come, fail] = [resolve, reject]));
  return { answer, come, fail };
}

describe('something that is sent', () => {
  it('is not sent twice at once', async () => {
    const sending = new Sending();
    const slow = later<void>();
    const first = sending.send(() => slow.answer);
    expect([sending.busy, await sending.send(() => Promise.resolve())]).toEqual([true, false]);
    slow.come();
    expect([await first, sending.state]).toEqual([true, 'done']);
  });
  it('comes back with its problem, and can be tried again', async () => {
    const sending = new Sending();
    expect([await sending.send(() => Promise.reject(new Error('no'))), sending.state, sending.problem !== null]).toEqual([false, 'open', true]);
    expect([await sending.send(() => Promise.resolve()), sending.problem]).toEqual([true, null]);
  });
});

describe('a question asked again', () => {
  it('takes the latest answer only, whichever comes first', async () => {
    const latest = new Latest();
    const [old, young] = [later<string>(), later<string>()];
    const taken: string[] = [];
    const asked = [old, young].map(({ answer }) => latest.ask(() => answer, (text) => taken.push(text)));
    young.come('young');
    await asked[1];
    expect(latest.busy).toBe(false);
    old.come('old');
    expect([await asked[0], taken]).toEqual([false, ['young']]);
  });
  it('tells no problem of one that was overtaken or forgotten', async () => {
    const latest = new Latest();
    const [old, gone] = [later<string>(), later<string>()];
    const first = latest.ask(() => old.answer, () => undefined);
    await latest.ask(() => Promise.resolve('young'), () => undefined);
    old.fail(new Error('late'));
    await first;
    expect(latest.problem).toBe(null);
    const second = latest.ask(() => gone.answer, () => undefined);
    latest.forget();
    gone.fail(new Error('gone'));
    expect([await second, latest.busy, latest.problem]).toEqual([false, false, null]);
  });
});
