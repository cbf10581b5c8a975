// problem.ts — errors in words: what happened and what to do. Codes without a sentence here show the server's own.

export const problem = {
  offline: 'The server could not be reached. Check the connection and try again.',
  code: 'This part of the page could not be fetched. Check the connection and load the page again.',
  forbidden: 'This is not allowed with your account.',
  notFound: 'This is not here any more, or never was.',
  tooMany: 'That was often in a short time. Wait a little and try again.',
  wait: (seconds: number) => `That was often in a short time. Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
  tooLarge: 'This file is larger than the server takes.',
  unavailable: 'The server can’t do this just now. Try again in a moment.',
  signedOut: 'You were signed out. Sign in again; what you typed is kept.',
  unknown: 'Something went wrong on the server. Nothing was changed; try again.',
  byCode: {
    'answer.unreadable': 'The answer did not come from this server; some networks ask you to sign in first. Check the connection and try again.',
    'page.fault': 'Something in this page is broken. Load it again; if it stays, tell who runs this server what you did.',
    'session.wrong': 'That name and password do not fit together.',
  } as Record<string, string>,
};
