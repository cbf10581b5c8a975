// en.ts — every word of the page in English.
import { asks } from './en/asks';
import { common } from './en/common';
import { communities } from './en/communities';
import { handshake } from './en/handshake';
import { imports } from './en/imports';
import { introductions } from './en/introductions';
import { lookouts } from './en/lookouts';
import { meetings } from './en/meetings';
import { people } from './en/people';
import { places } from './en/places';
import { polls } from './en/polls';
import { problem } from './en/problem';
import { paper } from './en/paper';
import { push } from './en/push';
import { reminders } from './en/reminders';
import { settings } from './en/settings';
import { sorting, undoing } from './en/sorting';
import { today } from './en/today';
import { trips } from './en/trips';
import { welcome } from './en/welcome';
import { wordsOf } from './plural';

const words = wordsOf('en');

export const en = {
  ...common(),
  ...undoing(),
  problem,
  today: today(words),
  people: people(words),
  places: places(words),
  sorting: sorting(words),
  meetings: meetings(words),
  lookouts: lookouts(),
  polls: polls(words),
  asks: asks(words),
  communities: communities(words),
  introductions: introductions(words),
  handshake: handshake(words),
  imports: imports(words),
  trips: trips(words),
  welcome: welcome(),
  settings: settings(),
  paper: paper(),
  reminders: reminders(words),
  push: push(),
};
