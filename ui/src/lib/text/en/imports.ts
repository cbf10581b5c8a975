// imports.ts — words of bringing archives in: how to get each, what was found, what could not be read.
import type { Words } from '../plural';

export const imports = (w: Words) => {
  const people = (n: number) => w.plural(n, { one: '1 person', other: '# people' });
  return {
    title: 'Bring the people you know',
    titleBusy: 'Reading your archives',
    lead: 'Drop what LinkedIn, your calendar or your phone gave you. Any mix, zipped or not; the content tells what it is.',
    drop: 'Drop files here',
    dropOr: 'or',
    choose: 'Choose files',
    again: 'Add an archive',
    goesOn: 'You can close this page. It goes on without you.',
    summary: (done: number, all: number, seconds: number | null) =>
      `${w.number(done)} of ${w.number(all)} done${seconds === null ? '' : `, ${time(seconds)} left`}.`,
    allDone: 'Everything is read.',
    progress: (percent: number) => `${percent} per cent of everything`,
    progressOf: (name: string, percent: number) => `${name}: ${percent} per cent`,
    counts: { people: 'people found', contacts: 'messages counted', encounters: 'times you met' },
    archives: 'Archives',
    left: (seconds: number) => `${time(seconds)} left`,
    took: (seconds: number) => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : time(seconds)),
    uploading: (percent: number) => `Sending, ${percent} per cent`,
    state: { queued: 'Waiting', running: 'Reading', done: 'Read', failed: 'Not read', cancelled: 'Stopped. Nothing of it was kept.', undone: 'Taken out again.' },
    soFar: (n: number, met: number) => `${people(n)} so far${met > 0 ? `, ${w.plural(met, { one: 'one time you met', other: '# times you met' })}` : ''}`,
    report: (created: number, merged: number) => {
      const parts = [
        created > 0 ? w.plural(created, { one: 'one new person', other: '# new people' }) : 'nobody new',
        merged > 0 ? `${w.plural(merged, { one: 'one entry', other: '# entries' })} joined with who you know already` : '',
      ].filter(Boolean);
      const text = w.list(parts);
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    },
    line: (network: string, n: number, contacts: number, encounters: number) =>
      `${network ? `${network}: ` : ''}${w.list([
        ...(n > 0 ? [w.plural(n, { one: 'one entry', other: '# entries' })] : []),
        ...(contacts > 0 ? [w.plural(contacts, { one: 'one message', other: '# messages' })] : []),
        ...(encounters > 0 ? [w.plural(encounters, { one: 'one time you met', other: '# times you met' })] : []),
      ])}`,
    unsupported: (n: number) => w.plural(n, { one: 'One file can’t be read yet', other: '# files can’t be read yet' }),
    rejected: (n: number) => w.plural(n, { one: 'One record can’t be read. The others are in.', other: '# records can’t be read. The others are in.' }),
    seeThem: 'See them',
    at: (file: string, line: number | null) => (line ? `${file}, line ${line}` : file),
    cancel: 'Stop',
    undo: 'Take it out again',
    undoTitle: (name: string) => `Take ${name} out again?`,
    undoText: 'What only this archive said goes away: people, messages, times you met. What other archives say too stays, and so does what you wrote yourself.',
    undoDo: 'Take it out',
    leaving: 'Being taken out again.',
    failed: (why: string) => `This could not be read, and nothing of it was kept. ${why}`,
    later: (why: string) => `${why} Keep it; a later version may.`,
    dismiss: 'Put away',
    owner: {
      asks: (n: number) => w.plural(n, { one: 'Everything is read. One archive doesn’t say which person in it is you.', other: 'Everything is read. # archives don’t say which person in them is you.' }),
      which: (network: string) => `Which of these on ${network} is you?`,
      isThisYou: (network: string) => `Is this you on ${network}?`,
      taken: (name: string) => `Until you say, it is read as ${name}’s.`,
      nobodyTaken: 'Until you say, nothing is known of who wrote to whom.',
      kept: 'The archive is kept for your answer, 30 days at most, and read again by it.',
      gone: 'The archive is kept no longer: take it out and give it again, and what you say here will count.',
      numbered: (key: string) => `Account ${key}`,
      evidence: (evidence: 'stated' | 'named' | 'creator' | 'everywhere' | 'most', count: number, network: string) =>
        ({
          stated: `${network} says the archive is theirs`,
          named: 'Has your name',
          creator: 'Made the network',
          everywhere: count > 0 ? w.plural(count, { one: 'Takes part in the only conversation', other: 'Takes part in all # conversations' }) : 'Takes part in every conversation',
          most: w.plural(count, { one: 'One of what is in it is theirs', other: '# of what is in it are theirs' }),
        })[evidence],
      none: 'None of them',
      noneMeans: 'Then who wrote to whom is left out',
      notMe: 'No, somebody else',
      notMeMeans: 'Then nothing of this archive goes in',
      answer: 'That’s it',
      said: (name: string, network: string) => `On ${network} you are ${name}.`,
      saidNone: (network: string) => `On ${network} you said you are none of those it could be.`,
      saidNotMe: (name: string, network: string) => `On ${network} you said you are not ${name}.`,
      takeBack: 'Take it back',
    },
    happens: 'What happens to it',
    happensList: [
      'People you bring are private to you. Nobody is told, and nobody is invited.',
      'What messages say is not kept, only who wrote when.',
      'The file itself is deleted once it is read, unless you are asked who in it is you. Each fact remembers where it is from.',
      'You can take an archive out again at any time.',
    ],
    pairs: 'Look at pairs that may be the same person',
    toPeople: 'See the people',
    how: 'How to get each archive',
    howList: [
      {
        name: 'LinkedIn',
        steps: [
          'On LinkedIn open Settings & Privacy, then Data privacy.',
          'Choose “Get a copy of your data” and tick the larger archive, or at least Connections, Messages, Invitations and Profile.',
          'LinkedIn sends a mail within a day. Download the zip and drop it here as it is.',
        ],
      },
      {
        name: 'Facebook',
        steps: [
          'On Facebook open Settings, then “Download your information”.',
          'Choose all time, media quality low, and the format JSON: HTML can’t be read.',
          'Facebook sends a mail when it is ready. Drop the zip here, or all of them where there are several.',
        ],
      },
      {
        name: 'Google Contacts',
        steps: ['Open contacts.google.com and choose Export.', 'Take all contacts, as “Google CSV” or “vCard”.', 'Drop the file here.'],
      },
      {
        name: 'iPhone or Mac address book',
        steps: ['On icloud.com open Contacts, select all, and choose Export vCard.', 'Or on a Mac: Contacts, File, Export, Export vCard.', 'Drop the .vcf file here.'],
      },
      {
        name: 'Android phone book',
        steps: ['Open Contacts, then Fix & manage, then Export to file.', 'Move the .vcf file to this device and drop it here.'],
      },
      {
        name: 'Your blog (WordPress)',
        steps: [
          'In your blog’s dashboard open Tools, then Export, and choose “All content”.',
          'Drop the .xml file here. The list of blogs you read (OPML) can be dropped as well.',
        ],
      },
      {
        name: 'X (Twitter)',
        steps: [
          'On X open Settings, then Your account, then Download an archive of your data.',
          'X sends a word within a day or two. Download the zip and drop it here as it is.',
          'X names most of your followers by numbers alone. Whom you mentioned or answered gets a name.',
        ],
      },
      {
        name: 'Swarm (Foursquare)',
        steps: [
          'In Swarm open Settings, then Privacy, then “Download my data”.',
          'A link comes by mail within a few days. Drop the zip here: friends in your check-ins count as times you met.',
        ],
      },
      {
        name: 'Mastodon',
        steps: [
          'On your server open Preferences, then Import and export.',
          'Download the CSV lists, and request your archive. Drop them here.',
        ],
      },
      {
        name: 'WhatsApp',
        steps: [
          'Open a chat, then its menu, More, Export chat, and choose “Without media”.',
          'Repeat for each chat that matters, put the files in one folder, and drop them here. Keep their names: they say who it is.',
        ],
      },
      {
        name: 'Mail',
        steps: [
          'From Gmail: takeout.google.com, only Mail, as .mbox.',
          'From Thunderbird or Apple Mail: export a folder as mbox, or drop single .eml files.',
          'Only who wrote to whom and when is read. Lists and robots are left out.',
        ],
      },
      {
        name: 'Calls and text messages (Android)',
        steps: [
          'Install “SMS Backup & Restore” and let it back up messages and call logs.',
          'Move the two .xml files, sms-… and calls-…, to this device and drop them here.',
        ],
      },
      {
        name: 'Skype',
        steps: [
          'On secure.skype.com/en/data-export sign in and request your conversations.',
          'Drop the .tar file here as it is. It holds your chats and calls; what was said is not kept.',
        ],
      },
      {
        name: 'A Ning network',
        steps: [
          'As its creator, run the Ning Network Archiver; as a member, ask the creator for the archive.',
          'Drop the zip or the folder with the ning-….json files here. The e-mail address of your account tells which member you are.',
        ],
      },
      {
        name: 'Google Calendar',
        steps: ['On calendar.google.com open Settings, then Import & export.', 'Choose Export. You get a zip with one .ics file for each calendar.', 'Drop the zip here.'],
      },
      {
        name: 'Outlook or Apple Calendar',
        steps: ['In Apple Calendar: File, Export, Export.', 'In Outlook: File, Save Calendar, as iCalendar with full details.', 'Drop the .ics file here.'],
      },
    ],
    others: 'Google’s Timeline is checked as well: nothing of where you were is kept.',
    keepCurrent: 'A calendar, address book or blog that keeps changing can be kept current by itself.',
  };
};

function time(seconds: number): string {
  if (seconds < 50) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? 'about a minute' : `about ${minutes} minutes`;
}
