// push.ts — words of web push: being told on a telephone or a computer.

export const push = () => ({
  title: 'On your devices',
  text: 'The same reminders, and word of what others do: an invitation, an answer, a time that was picked. As many reminders as you allow above, each once; what was shown on a device is in no weekly mail. Word of others waits from ten in the evening until seven.',
  unable: 'This browser can’t be told. On an iPhone, put the page on the home screen first and open it there.',
  refused: 'Notifications are forbidden for this page. Allow them in the browser’s settings, then turn this on again.',
  turnOn: 'Tell me on this device',
  here: 'this one',
  told: (when: string) => `Last told ${when}`,
  untold: 'Not told of anything yet',
  reminders: 'Reminders',
  notices: 'Word of what others do',
  words: 'Show names and reasons',
  wordsHint: 'Otherwise it says only that a birthday or a meeting is near, for whoever sees the screen.',
  try: 'Send one to try',
  tried: 'Sent. It should be there in a moment.',
  remove: 'Tell it nothing more',
});
