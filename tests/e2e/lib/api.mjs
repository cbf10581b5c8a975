// api.mjs — the interface as a signed-in page calls it, for what a test is not about.

/** What the server answers; a refusal fails the test. */
export const send = (page, method, path, body) =>
  page.evaluate(
    async ({ method, path, body }) => {
      const answer = await fetch(`/api/visavis/v1${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    { method, path, body },
  );

/** Asks again until what is seen is as wanted: what comes of a mail comes in its own time. */
export async function until(what, wanted) {
  for (let tries = 0; tries < 150; tries += 1) {
    const seen = await what();
    if (wanted(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not in time: ${JSON.stringify(await what())}`);
}
